//! The narrative parts: each on a page, or on a page for each of its sections where it is too long for one.

use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Artifact, Computed, Disclosure, Part, PartKind, Piece};

use super::super::prose::{self, Headings};
use super::super::routes::Page;
use super::super::split;
use super::order::{Entry, Stop, contents};
use super::{Book, Frame, Link, Mention, Uses};

/// A section on the page of its part, which leads to it. Its headings have their ids there, too: an address that was
/// noted while the part stood on one page still arrives beside the right link.
#[derive(Serialize)]
struct SectionData {
    id: String,
    name: String,
    href: String,
    items: Vec<Entry>,
}

/// A page of a part.
struct Leaf<'a> {
    page: Page<'a>,
    title: String,
    /// `第三部分`, `Part 3`; before the title of a section, the part's own title, too.
    label: String,
    pieces: &'a [Piece<Computed>],
    headings: Headings<'a>,
    sections: Vec<SectionData>,
    crumbs: Vec<Link>,
}

impl<'a> Book<'a> {
    /// The narrative parts.
    pub(super) fn parts(&'a self, index: usize, stops: &[Stop<'a>], uses: &mut Uses) -> Result<Vec<Artifact>, Finding> {
        let disclosure = &self.department.disclosures[index];
        let mut artifacts = Vec::new();
        for (number, part) in disclosure.parts.iter().enumerate() {
            let label = self.part_label(number)?;
            for leaf in self.leaves(disclosure, part, &label)? {
                let scope = self.scope(index, leaf.page);
                let body = prose::html(leaf.pieces, &scope, leaf.headings)?;
                let mention = Mention { title: self.dated(disclosure, &leaf.title), path: scope.path.clone() };
                let place = match leaf.headings {
                    Headings::Raised => format!("{} · {}", leaf.label, leaf.title),
                    _ => format!("{} {}", leaf.label, leaf.title).trim_start().to_owned(),
                };
                uses.note(&scope, &mention, &place);
                let toc = if leaf.sections.is_empty() { contents(leaf.pieces, leaf.headings) } else { Vec::new() };
                let mut context = Context::new();
                context.insert("number_label", &leaf.label);
                context.insert("body", &body);
                context.insert("toc", &toc);
                context.insert("sections", &leaf.sections);
                context.insert("whole", &format!("{}#_part-{}", scope.to(Page::Report(disclosure.id)), part.slug));
                self.neighbours(stops, leaf.page, &mut context);
                artifacts.push(self.render(
                    &Frame {
                        kind: "part",
                        template: "part.html",
                        description: self.described(disclosure, &leaf.title)?,
                        title: leaf.title,
                        page: leaf.page,
                        crumbs: leaf.crumbs,
                    },
                    context,
                )?);
            }
        }
        Ok(artifacts)
    }

    /// The pages of a part.
    fn leaves(&'a self, disclosure: &'a Disclosure, part: &'a Part, label: &str) -> Result<Vec<Leaf<'a>>, Finding> {
        let PartKind::Narrative(text) = &part.kind else { return Ok(Vec::new()) };
        let page = Page::Part(disclosure.id, &part.slug);
        let title = part.title.get(self.lang);
        let pieces = text.get(self.lang).pieces.as_slice();
        let pages = self.sections(disclosure, part);
        let (intro, sections) = split::sections(pieces);
        let mut leaves = vec![Leaf {
            page,
            title: title.clone(),
            label: label.to_owned(),
            pieces: if pages.is_empty() { pieces } else { intro },
            headings: Headings::Typed,
            sections: Vec::new(),
            crumbs: vec![self.year_crumb(disclosure, page)?],
        }];
        for ((page_of, link), section) in pages.into_iter().zip(sections) {
            let mut items = contents(section, Headings::Typed);
            items.retain(|entry| entry.level > 2);
            leaves.push(Leaf {
                page: page_of,
                title: link.name.clone(),
                label: format!("{label} {title}").trim_start().to_owned(),
                pieces: split::below_heading(section),
                headings: Headings::Raised,
                sections: Vec::new(),
                crumbs: vec![self.year_crumb(disclosure, page_of)?, Link::new(title, self.href(page_of, page))],
            });
            let Page::Section(_, _, id) = page_of else { continue };
            let href = self.href(page, page_of);
            leaves[0].sections.push(SectionData { id: id.to_owned(), name: link.name, href, items });
        }
        Ok(leaves)
    }

    /// The sections of a part that have pages of their own, with their names.
    pub(super) fn sections(&'a self, disclosure: &'a Disclosure, part: &'a Part) -> Vec<(Page<'a>, Link)> {
        let PartKind::Narrative(text) = &part.kind else { return Vec::new() };
        let names = contents(&text.get(self.lang).pieces, Headings::Typed);
        let of = |id: &'a str| {
            let page = Page::Section(disclosure.id, &part.slug, id);
            let name = names.iter().find(|entry| entry.id == id).map_or("", |entry| &entry.name);
            (page, Link::new(name, self.path(page)))
        };
        self.routes.split.sections(disclosure.id, &part.slug).map(of).collect()
    }
}
