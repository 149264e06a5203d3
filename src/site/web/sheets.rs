//! Which style sheets a page loads: `style.css`, which its template links, and those for what stands on it.
//!
//! That is read from the finished page, so that a page of prose that holds a form or a chart has their sheets, and so
//! has a template of a site's own theme, without a word about them in any template.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::super::markup::Piece;
use super::super::theme::ADDITION;
use super::escape;

/// The sheet of every page, as a template links it: [`super::super::theme::SHEET`].
const BASE: &str = "assets/style.css";

/// The sheets beside `style.css` in the order in which they are linked, each with the classes that it is for.
const SHEETS: [(&str, &[&str]); 11] = [
    ("prose.css", &["prose", "lead", "toc", "with-toc"]),
    ("pages.css", &["key-figures", "year-list", "contents", "report-columns", "report-section"]),
    ("reference.css", &["archive-year", "letter", "fact-group", "kind-checks"]),
    ("table.css", &["data", "form", "lane", "cite"]),
    ("rows.css", &["form-lanes"]),
    ("lanes.css", &["two-lanes"]),
    ("across.css", &["form-across", "form-stacked"]),
    ("charts.css", &["chart"]),
    ("rings.css", &["chart-pie"]),
    ("hundred.css", &["chart-of-hundred"]),
    ("search.css", &["search"]),
];

/// The links to the sheets of a page, and the piece behind which they stand, the link to `style.css`. `has` tells which
/// assets the theme has; what it adds to the styles of the theme below it comes last, so that it has the last word.
pub(crate) fn links(page: &[Piece<'_>], has: &dyn Fn(&str) -> bool) -> Option<(usize, String)> {
    let mut base: Option<(usize, &str)> = None;
    let mut wanted = [false; SHEETS.len()];
    let mut seen = HashSet::new();
    for (place, piece) in page.iter().enumerate() {
        let Piece::Start(tag) = piece else { continue };
        // Thousands of cells say the same.
        let classes = tag.attribute("class").filter(|classes| seen.insert(*classes));
        for class in classes.into_iter().flat_map(str::split_ascii_whitespace) {
            for (wanted, (_, classes)) in wanted.iter_mut().zip(SHEETS) {
                *wanted |= classes.contains(&class);
            }
        }
        if base.is_none() && tag.says("rel", "stylesheet") {
            base = tag.attribute("href").and_then(folder).map(|folder| (place, folder));
        }
    }
    // A frame of a theme's own that links no `style.css` has styles of its own.
    let (place, folder) = base?;
    let mut links = String::new();
    let wanted = SHEETS.iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|((sheet, _), _)| *sheet);
    for sheet in wanted.chain([ADDITION]).filter(|sheet| has(sheet)) {
        let _ = write!(links, "\n<link rel=\"stylesheet\" href=\"{}{sheet}\">", escape(folder));
    }
    Some((place, links))
}

/// Where the sheets lie, if this is the address of `style.css`: a theme may write `style.css?v=2`, so that browsers ask anew.
fn folder(href: &str) -> Option<&str> {
    let path = href.split(['?', '#']).next()?.trim();
    path.ends_with(BASE).then(|| path.strip_suffix("style.css")).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::super::markup::pieces;

    fn linked(html: &str, has: &dyn Fn(&str) -> bool) -> String {
        let mut shelf = Vec::new();
        let page = pieces(html, &mut shelf);
        let (place, links) = super::links(&page, has).unwrap_or_default();
        let text = page
            .iter()
            .enumerate()
            .map(|(at, piece)| if at == place { piece.text().to_owned() + &links } else { piece.text().to_owned() });
        text.collect()
    }

    const HEAD: &str = "<head>\n<link rel=\"stylesheet\" href=\"../assets/style.css\">\n</head>";

    fn sheets(html: &str) -> Vec<String> {
        let page = linked(html, &|sheet| sheet != "across.css");
        let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        hrefs.map(str::to_owned).collect()
    }

    #[test]
    fn a_page_loads_what_stands_on_it_in_one_order() {
        let page = format!("{HEAD}<div class=\"chart chart-pie\"></div><div class=\"form two-lanes\"></div>");
        let expected =
            ["style", "table", "lanes", "charts", "rings", "theme"].map(|name| format!("../assets/{name}.css"));
        assert_eq!(sheets(&page), expected);
    }

    #[test]
    fn however_a_theme_writes_it_the_sheet_is_found() {
        for page in [
            "<head><LINK href='../assets/style.css' rel=Stylesheet\n></head><p class='a > b\nchart'>",
            "<head><link id=base rel=stylesheet href=../assets/style.css?v=2></head><p class=chart>",
            "<head><link media='screen' rel=\"stylesheet\" href=\" ../assets/style.css#x?y \"></head><p class=chart>",
        ] {
            let own = "\n<link rel=\"stylesheet\" href=\"../assets/charts.css\"></head>";
            assert_eq!(linked(page, &|sheet| sheet == "charts.css"), page.replace("</head>", own));
        }
    }

    #[test]
    fn words_and_longer_names_are_no_classes() {
        assert_eq!(
            sheets(&format!("{HEAD}<p class=\"chart-note\">data</p>")),
            ["../assets/style.css", "../assets/theme.css"]
        );
    }

    #[test]
    fn what_is_not_there_is_not_linked() {
        assert_eq!(sheets(&format!("{HEAD}<div class=\"form-across\"></div>")).len(), 2, "the theme has no across.css");
        assert_eq!(
            linked("<head><style>a { }</style></head><p class=\"chart\">", &|_| true).matches("link").count(),
            0
        );
    }
}
