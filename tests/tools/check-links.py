#!/usr/bin/env python3
"""Check every internal link of a published folder, as a file system and a sub-path of a server see it.

    check-links.py OUTPUT [--base /sub/path/]

A page must work from `file://` and from any folder of any server. So a relative link names a file that exists, in
its exact case, never a folder; its fragment is an id of that page; it never climbs out of the folder; nothing is
loaded from another host; and only a 404.html, which a server sends for any path, may link from the server's root.
Each page has a language, ids that stand once, and `hreflang` alternates that point back at it.

Prints each offence as `page:line: …`, then `N pages, N links, 0 broken`. Exit status 1 if anything is broken, 2 if
there is nothing to check. Python's standard library only.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "http://published.invalid"

# Attributes that hold an address, by what a browser does with it: it loads the address, or a reader may follow it.
LOADED = {
    "audio": ["src"], "embed": ["src"], "feimage": ["href", "xlink:href"], "frame": ["src"], "iframe": ["src"],
    "image": ["href", "xlink:href"], "img": ["src"], "input": ["src"], "object": ["data"], "script": ["src"],
    "source": ["src"], "track": ["src"], "use": ["href", "xlink:href"], "video": ["src", "poster"],
}
FOLLOWED = {"a": ["href", "xlink:href"], "area": ["href"], "form": ["action"], "button": ["formaction"],
            "blockquote": ["cite"], "q": ["cite"], "ins": ["cite"], "del": ["cite"]}
# `link` elements that only state a relation; all others make the browser load something.
RELATIONS = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search"}
CSS_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""")


@dataclass
class Link:
    """An address as it stands in a file."""

    line: int
    address: str
    what: str
    loaded: bool


@dataclass
class Page:
    """What a file holds that matters to links."""

    name: str
    links: list = field(default_factory=list)
    ids: set = field(default_factory=set)
    language: str = ""
    alternates: list = field(default_factory=list)
    offences: list = field(default_factory=list)


def css_links(text, first_line, page):
    """Takes in the addresses of a style sheet, all of which are loaded."""
    text = re.sub(r"/\*.*?\*/", lambda comment: re.sub(r"[^\n]", " ", comment.group()), text, flags=re.S)
    for match in CSS_ADDRESS.finditer(text):
        address = next((group for group in match.groups() if group is not None), "")
        line = first_line + text.count("\n", 0, match.start())
        page.links.append(Link(line, address, "url()", True))


class Reader(HTMLParser):
    """Takes a page in."""

    def __init__(self, page):
        super().__init__()
        self.page = page
        self.in_style = False

    def handle_starttag(self, tag, attributes):
        line = self.getpos()[0]
        values = {}
        for name, value in attributes:
            values.setdefault(name, (value or "").strip())
        self.in_style = tag == "style"
        if tag == "html":
            self.page.language = values.get("lang", "")
        if "id" in values:
            if values["id"] in self.page.ids:
                self.page.offences.append((line, f'id="{values["id"]}" stands twice on the page'))
            self.page.ids.add(values["id"])
        if tag == "base":
            self.page.offences.append((line, "<base> turns every relative link elsewhere"))
        if tag == "link" and "href" in values:
            relations = set(values.get("rel", "").lower().split())
            loaded = "stylesheet" in relations or not relations & RELATIONS
            self.page.links.append(Link(line, values["href"], "link href", loaded))
            if "alternate" in relations and "hreflang" in values:
                self.page.alternates.append((line, values["hreflang"], values["href"]))
        for name in LOADED.get(tag, []):
            if name in values:
                self.page.links.append(Link(line, values[name], f"{tag} {name}", True))
        for name in FOLLOWED.get(tag, []):
            if name in values:
                self.page.links.append(Link(line, values[name], f"{tag} {name}", False))
        for candidate in values.get("srcset", "").split(","):
            if candidate.strip():
                self.page.links.append(Link(line, candidate.split()[0], f"{tag} srcset", True))
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            target = re.search(r"url\s*=\s*['\"]?([^'\"]+)", values.get("content", ""), flags=re.I)
            if target:
                self.page.links.append(Link(line, target.group(1).strip(), "meta refresh", False))
        if "style" in values:
            css_links(values["style"], line, self.page)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.in_style = False

    def handle_endtag(self, tag):
        self.in_style = False

    def handle_data(self, data):
        if self.in_style:
            css_links(data, self.getpos()[0], self.page)


class Site:
    """A published folder."""

    def __init__(self, root, base):
        self.base = base
        # The names as the file system spells them: a link in another case works on some machines only.
        self.files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        self.folders = {"", *(parent.as_posix() for name in self.files for parent in Path(name).parents)} - {"."}
        self.pages = {}
        self.sheets = {}
        for name in sorted(self.files):
            if name.endswith((".html", ".htm")):
                page = self.pages[name] = Page(name)
                text = self.text(root, page)
                reader = Reader(page)
                reader.feed(text)
                reader.close()
                # A fragment is made to be pasted into a page, which has a language of its own.
                if not page.language and not name.endswith(".fragment.html"):
                    page.offences.append((1, "<html> has no lang"))
            elif name.endswith(".css"):
                page = self.sheets[name] = Page(name)
                css_links(self.text(root, page), 1, page)

    @staticmethod
    def text(root, page):
        """A file's text; that it is no UTF-8 is an offence."""
        try:
            return (root / page.name).read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            page.offences.append((1, f"not UTF-8: {error}"))
            return ""

    def resolve(self, page, link):
        """The file and the fragment that a link leads to, and what is wrong with it.

        The file is None where the link leads out of the site, the offence None where nothing is wrong.
        """
        not_found = page.name.rsplit("/", 1)[-1] == "404.html"
        parts = urlsplit(link.address)
        if parts.scheme == "data" and link.loaded:
            return None, "", None
        if parts.scheme in ("mailto", "tel") and not link.loaded:
            return None, "", None
        if parts.scheme or parts.netloc:
            if link.loaded:
                return None, "", "is loaded from elsewhere; publish the file with the site"
            if parts.scheme in ("http", "https") and parts.netloc:
                return None, "", None
            return None, "", "is no address that works from every server; write https://… in full"
        if not link.address:
            return None, "", "is empty"
        if link.address.startswith("#"):
            return page.name, unquote(parts.fragment), None
        if parts.path.startswith("/"):
            if not not_found or link.loaded:
                return None, "", "starts at the server's root; write it relative to the page"
        elif not_found:
            return None, "", "is relative, but a server sends 404.html for any path"
        here = f"{HOST}{self.base}{page.name}"
        target = urlsplit(urljoin(here, parts.path or here)).path
        if not target.startswith(self.base):
            return None, "", f"leaves the site's folder (from {self.base})"
        name = unquote(target[len(self.base):])
        if name.rstrip("/") in self.folders:
            return None, "", "names a folder; name the file, as index.html, so that it opens from a disk, too"
        if name not in self.files:
            same = next((known for known in self.files if known.lower() == name.lower()), None)
            return None, "", f"no such file; it is spelled {same}" if same else "no such file"
        return name, unquote(parts.fragment), None

    def check(self):
        """All offences, as (page, line, text), and the number of links looked at."""
        found = []
        links = 0
        for page in [*self.pages.values(), *self.sheets.values()]:
            found += [(page.name, line, text) for line, text in page.offences]
            for link in page.links:
                links += 1
                target, fragment, offence = self.resolve(page, link)
                if offence is None and fragment and target in self.pages and not fragment.startswith(":~:"):
                    if fragment not in self.pages[target].ids:
                        offence = f"{target} has no id {fragment!r}"
                if offence:
                    found.append((page.name, link.line, f'{link.what}="{link.address}" {offence}'))
            found += [(page.name, line, text) for line, text in self.alternates(page)]
        return found, links

    def alternates(self, page):
        """Alternates that are in another language than they say, or that do not point back."""
        for line, language, address in page.alternates:
            target, _, offence = self.resolve(page, Link(line, address, "link href", False))
            other = self.pages.get(target)
            if offence or other is None:
                continue
            if language not in (other.language, "x-default"):
                yield line, f'hreflang="{language}", but {target} is in "{other.language}"'
            back = {
                self.resolve(other, Link(0, address, "link href", False))[0]
                for _, language, address in other.alternates
                if language in (page.language, "x-default")
            }
            if page.name not in back and other is not page:
                yield line, f'hreflang="{language}": {target} does not point back here as "{page.language}"'


def main():
    """Runs the command; returns its exit status."""
    parser = argparse.ArgumentParser(description="Check every internal link of a published folder.")
    parser.add_argument("output", type=Path, help="the published folder")
    parser.add_argument("--base", default="/any/sub/path/", help="where the folder would stand on a server")
    arguments = parser.parse_args()
    site = Site(arguments.output, f"/{arguments.base.strip('/')}/".replace("//", "/"))
    if not site.pages:
        print(f"{arguments.output}: no HTML page to check", file=sys.stderr)
        return 2
    found, links = site.check()
    for name, line, text in found:
        print(f"{name}:{line}: {text}")
    print(f"{len(site.pages)} pages, {links} links, {len(found)} broken")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
