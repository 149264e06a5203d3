"""Tests of check-links.py: a sound site passes, and each kind of broken link is found.

    python3 -m unittest discover -s tests/tools -p '*_test.py'
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOOL = Path(__file__).with_name("check-links.py")
ZH = '<!DOCTYPE html><html lang="zh-CN"><head><link rel="alternate" hreflang="en" href="en/index.html">{head}</head>'
EN = '<!DOCTYPE html><html lang="en"><link rel="alternate" hreflang="zh-CN" href="../index.html"><p id="a/b/c">x'
SOUND = (
    '<body style="background: url(data:,)"><a href="en/index.html#a/b/c">a</a> <a href="#here" id="here">b</a>'
    '<a href="https://www.example.org/">c</a><img src="data:," alt=""><a href="files/%E8%A1%A8.csv">d</a>'
)


class CheckLinks(unittest.TestCase):
    """Each test writes a site, breaks it, and reads what the tool says."""

    def run_on(self, body=SOUND, head="", more=None, base="/sub/path/"):
        """The tool's exit status and output for a site with this home page."""
        with tempfile.TemporaryDirectory() as folder:
            files = {
                "index.html": ZH.format(head=f'<link rel="stylesheet" href="assets/style.css">{head}') + body,
                "en/index.html": EN,
                "files/表.csv": "",
                "assets/style.css": "/* url(gone.png) */ p { color: red }",
                "404.html": '<!DOCTYPE html><html lang="zh-CN"><a href="https://example.org/">x</a>',
                **(more or {}),
            }
            for name, text in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            ran = subprocess.run(
                [sys.executable, TOOL, folder, "--base", base], capture_output=True, encoding="utf-8", check=False
            )
        return ran.returncode, ran.stdout

    def test_a_sound_site_passes(self):
        self.assertEqual(self.run_on(), (0, "3 pages, 10 links, 0 broken\n"))
        self.assertEqual(self.run_on(base="/")[0], 0)

    def test_broken_bodies_are_found(self):
        for body, expected in {
            '<a href="gone.html">x</a>': "no such file",
            '<a href="en/Index.html">x</a>': "it is spelled en/index.html",
            '<a href="en/index.html#nowhere">x</a>': "en/index.html has no id 'nowhere'",
            '<a href="#nowhere">x</a>': "index.html has no id 'nowhere'",
            '<a href="en/">x</a>': "names a folder",
            '<a href="en">x</a>': "names a folder",
            '<a href="./">x</a>': "names a folder",
            '<a href="../other/index.html">x</a>': "leaves the site's folder",
            '<a href="/index.html">x</a>': "starts at the server's root",
            '<a href="//example.org/">x</a>': "write https://… in full",
            '<a href="javascript:void(0)">x</a>': "write https://… in full",
            '<a href="">x</a>': "is empty",
            '<img src="https://example.org/x.png" alt="">': "is loaded from elsewhere",
            '<script src="//example.org/x.js"></script>': "is loaded from elsewhere",
            '<svg><use href="gone.svg#x"/></svg>': "no such file",
            '<style>p { background: url("gone.png") }</style>': "no such file",
            '<img srcset="gone.png 2x" alt="">': "no such file",
            '<p id="x"><p id="x">': 'id="x" stands twice',
            '<base href="https://example.org/">': "<base>",
        }.items():
            with self.subTest(body):
                status, output = self.run_on(body)
                self.assertEqual(status, 1)
                self.assertIn(expected, output)
                self.assertTrue(output.endswith(" 1 broken\n"), output)

    def test_broken_heads_and_files_are_found(self):
        page = '<!DOCTYPE html><html lang="en">'
        for case, expected in [
            ({"head": '<link rel="alternate" hreflang="fr" href="en/index.html">'}, 'is in "en"'),
            ({"head": '<link rel="alternate" hreflang="en" href="b.html">', "more": {"b.html": page}}, "point back"),
            ({"head": '<link rel="preload" href="https://example.org/x.css">'}, "is loaded from elsewhere"),
            ({"more": {"b.html": "<!DOCTYPE html><html><p>x"}}, "b.html:1: <html> has no lang"),
            ({"more": {"assets/b.css": '@import "gone.css";'}}, "assets/b.css:1: url()"),
            ({"more": {"a/404.html": f'{page}<a href="../index.html">x</a>'}}, "for any path"),
        ]:
            with self.subTest(expected):
                status, output = self.run_on(**case)
                self.assertEqual(status, 1)
                self.assertIn(expected, output)
                self.assertTrue(output.endswith(" 1 broken\n"), output)


if __name__ == "__main__":
    unittest.main()
