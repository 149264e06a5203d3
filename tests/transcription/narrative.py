"""List every number of the narrative (parts 1, 3 and 4) in the text of the source document.

    python3 narrative.py SEED > narrative.tsv

Prints one line per number: part, line in the text, number as printed, the unit or
sign right after it, its context, its kind. A number is a maximal run of ASCII
digits with an optional decimal point. Nothing but the text given is read.
"""

import hashlib
import itertools
import re
import sys

PARTS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5"}
NARRATIVE = ["1", "3", "4"]
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
REACH = 12  # characters of context on either side

# Units in use, longer ones before their beginnings; `多` and `余` (more than) stay with what is counted.
UNIT = re.compile(r" ?(%|亿条|亿元|万元|万余家|万条|万|[KMG]bps|[mM](?![a-z])|公里/时|台（套）|多单|多终端|周年|个|台|条|项"
                  r"|件|种|人次|人|辆|次|天|小时|分(?!别)|单)")
# 年, 月, 日 follow whole numbers only: in the performance form an amount may stand before the cell 年度.
CALENDAR_UNIT = re.compile(r" ?(年|月|日)")


class Flow:
    """Lines joined as they are read, which knows the line that every character comes from."""

    def __init__(self, part, lines, between=""):
        self.part = part
        self.text = ""
        self.line_numbers = []
        self.line_starts = set()
        for number, line in lines:
            if self.text:
                self.text += between
                self.line_numbers += [number] * len(between)
            if self.text and self.text[-1].isdigit() and line[0].isdigit():
                raise ValueError(f"line {number}: a number may be broken over lines")
            self.line_starts.add(len(self.text))
            self.text += line
            self.line_numbers += [number] * len(line)


def is_page_number(lines, at):
    """A whole number alone on its line, two or more blank lines apart from the text above
    (a text line stands one apart). So a chart label `0` and the amounts in the form are none."""
    return bool(re.fullmatch(r"[0-9]+", lines[at].strip())) and not any(line.strip() for line in lines[at - 2:at])


def is_chart_label(line):
    """A line that may be part of what is left of a pie chart: short, no sentence, no item of a list."""
    return len(line) <= 20 and not re.search(r"[，。；：]", line) and not re.match(r"\d+\.(?!\d)", line)


def narrative(text):
    """The narrative as flows, and the page numbers that were left out of them."""
    lines = text.split("\n")
    flowing = {part: [] for part in PARTS.values()}
    page_numbers = []
    part = None
    for at, line in enumerate(lines):
        opening = re.match(r" *第([一二三四五])部分", line)
        part = PARTS[opening[1]] if opening else part
        if not line.strip():
            continue
        if is_page_number(lines, at):
            page_numbers.append((part, at + 1, line.strip()))
        else:
            flowing[part].append((at + 1, line.strip()))

    flows = []
    for part in NARRATIVE:
        charts, running = take_charts(flowing[part])
        flows.append(Flow(part, running))
        flows += [Flow(part, chart, between=" ") for chart in charts]
    return flows, [number for number in page_numbers if number[0] in NARRATIVE]


def take_charts(lines):
    """Take out the labels of charts, which may interrupt a sentence (even between number and unit):
    runs of label lines of which one at least is nothing but a percentage."""
    charts, running = [], []
    for label_lines, run in itertools.groupby(lines, key=lambda numbered: is_chart_label(numbered[1])):
        run = list(run)
        if label_lines and any(re.fullmatch(r"[0-9.]+%", line) for _, line in run):
            charts.append(run)
        else:
            running += run
    return charts, running


def kind_of(flow, start, end, last_items):
    text = flow.text
    number, before, after = text[start:end], text[:start], text[end:]

    # address: an IP address with its prefix length; every run of digits in it counts.
    for address in re.finditer(r"[0-9]+(\.[0-9]+){3}(/[0-9]+)?", text):
        if address.start() <= start and end <= address.end():
            return "address"

    # list: opens a line as `1.` `1．` `1、` or `（1）`, and is 1 or goes on from the one before in that style.
    # That it goes on keeps out a figure that happens to open a line.
    for style, opening, closing in (("point", "", "[.．]"), ("comma", "", "、"), ("brackets", "（", "）")):
        if (number.isdigit() and start - len(opening) in flow.line_starts and before.endswith(opening)
                and re.match(closing, after) and int(number) in (1, last_items.get(style, 0) + 1)):
            last_items[style] = int(number)
            return "list"

    # date: a year (four digits before 年, either end of a range of years, or in a title in 《》),
    # a month after a year, a day after a month. `3 年` and `36 个月` are lengths of time, so figures.
    if re.fullmatch(r"(19|20)\d\d", number) and (
            re.match(r" ?年|-(19|20)\d\d ?年", after)
            or re.search(r"《[^《》]*$", before)):
        return "date"
    if re.search(r"[0-9]{4} ?年 ?$", before) and re.match(r" ?月", after):
        return "date"
    if re.search(r"月 ?$", before) and re.match(r" ?日", after):
        return "date"

    # name: part of a Latin word or standard (P2P, G.652, 802.11a), or of a name in quotes
    # that is a sum (“3+1”, “3+X”) or ends in a version (“网格化 2.0”).
    if re.search(r"[A-Za-z]\.?$", before) or re.match(r"[a-z]/[a-z]", after):
        return "name"
    if re.match(r"\+", after) or re.match(r"”", after):
        return "name"

    return "figure"


def rows(flow):
    last_items = {}
    for number in NUMBER.finditer(flow.text):
        start, end = number.span()
        kind = kind_of(flow, start, end, last_items)
        unit = UNIT.match(flow.text, end) or (number[0].isdigit() and CALENDAR_UNIT.match(flow.text, end))
        named = kind in ("list", "name", "address")
        context = flow.text[max(0, start - REACH):end + REACH]
        yield (flow.part, str(flow.line_numbers[start]), number[0], unit[1] if unit and not named else "",
               re.sub(r" +", " ", context).strip(), kind)


def main():
    [seed] = sys.argv[1:]
    with open(seed, "rb") as file:
        source = file.read()
    flows, page_numbers = narrative(source.decode("utf-8"))
    found = sorted((row for flow in flows for row in rows(flow)), key=lambda row: int(row[1]))
    digest = hashlib.sha256(source).hexdigest()
    left_out = ", ".join(f"line {line}: {number}" for _, line, number in page_numbers)
    lines = [f"# part, line, number, unit, context, kind: made by narrative.py from the text of the source document"
             f" (SHA-256 {digest}); page numbers left out ({left_out}); not edited by hand"]
    lines += ["\t".join(row) for row in found]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
