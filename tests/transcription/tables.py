"""Read the nine printed tables of part 2 out of the text of the source document.

    python3 tables.py SEED > tables.tsv

Prints one line per printed amount: form, row, column, amount as printed.
Nothing but the text given is read: what is found here is an oracle for the
transcribed tables, so it must not know them.
"""

import hashlib
import re
import sys

AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")
CODE = re.compile(r"\d{3}|\d{5}|\d{7}")
LINE_NUMBER = re.compile(r"\d{1,2}")
ORDINAL = re.compile(r"[一二三四五六七八九十]+、")
# The last line of a page head: running column numbers, or in table 6 the names of the heads.
HEAD_END = re.compile(r"栏 *次 .*|1 2 3 .*|科目名称 金额")

# Functional classes, as the lines of tables 1 and 4 name them.
CLASSES = {
    "一般公共服务支出": "201", "外交支出": "202", "国防支出": "203", "公共安全支出": "204",
    "教育支出": "205", "科学技术支出": "206", "文化旅游体育与传媒支出": "207",
    "社会保障和就业支出": "208", "卫生健康支出": "210", "节能环保支出": "211",
    "城乡社区支出": "212", "农林水支出": "213", "交通运输支出": "214",
    "资源勘探信息等支出": "215", "商业服务业等支出": "216", "金融支出": "217",
    "援助其他地区支出": "219", "自然资源海洋气象等支出": "220", "住房保障支出": "221",
    "粮油物资储备支出": "222", "灾害防治及应急管理支出": "224", "其他支出": "229",
}

SUMMARY_REVENUE = {
    "一般公共预算财政拨款收入": "general-budget",
    "政府性基金预算财政拨款收入": "government-fund",
    "上级补助收入": "higher-level-grants",
    "事业收入": "public-service-revenue",
    "经营收入": "business-revenue",
    "附属单位上缴收入": "affiliated-remittances",
    "其他收入": "other-revenue",
    "本年收入合计": "revenue-year",
    "用事业基金弥补收支差额": "institutional-fund-use",
    "年初结转和结余": "opening",
    "总计": "revenue-total",
}
SUMMARY_EXPENDITURE = CLASSES | {
    "本年支出合计": "expenditure-year",
    "结余分配": "surplus-distribution",
    "年末结转和结余": "closing",
    "总计": "expenditure-total",
}

# The two budgets stand twice in table 4: as revenue (一、 二、), then as parts of what was carried forward.
APPROPRIATION_REVENUE = {
    "一、一般公共预算财政拨款": "general-budget",
    "二、政府性基金预算财政拨款": "government-fund",
    "本年收入合计": "revenue-year",
    "年初财政拨款结转和结余": "opening",
    "一般公共预算财政拨款": "opening-general-budget",
    "政府性基金预算财政拨款": "opening-government-fund",
    "总计": "revenue-total",
}
APPROPRIATION_EXPENDITURE = CLASSES | {
    "本年支出合计": "expenditure-year",
    "年末财政拨款结转和结余": "closing",
    "总计": "expenditure-total",
}

BASIC_TOTALS = {"人员经费合计": "personnel", "公用经费合计": "non-personnel"}

NON_TAX = {
    "合计": "total",
    "政府性基金收入": "government-fund",
    "专项收入": "special",
    "行政事业性收费收入": "charges",
    "罚没收入": "penalties",
    "国有资本经营收入": "state-capital",
    "国有资源（资产）有偿使用收入": "state-resources",
    "利息收入": "interest",
    "其他利息收入": "other-interest",
    "非经营性国有资产收入": "non-operating-assets",
    "行政单位国有资产处置收入": "asset-disposal",
    "捐赠收入": "donations",
    "政府住房基金收入": "housing-fund",
    "其他收入": "other",
}


def table_pages(text):
    """The bodies of the pages of part 2, as lists of words: {table number: [page, ...]}."""
    part = text[re.search(r"^ *第二部分", text, re.M).start():re.search(r"^ *第三部分", text, re.M).start()]
    pages = {}
    starts = re.split(r"^ *表 *(\d) *$", part, flags=re.M)
    for number, page in zip(starts[1::2], starts[2::2]):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        head_end = max(i for i, line in enumerate(lines) if HEAD_END.fullmatch(line))
        body = lines[head_end + 1:]
        # The note ends the table; the number of a page, where one was extracted, comes after it.
        note = next((i for i, line in enumerate(body) if line.startswith("注：")), len(body))
        pages.setdefault(int(number), []).append(" ".join(body[:note]).split())
    return pages


def cells(form, row, columns, amounts):
    if len(amounts) != len(columns):
        raise ValueError(f"{form}/{row}: {len(columns)} columns, but {amounts}")
    return [(form, row, column, amount) for column, amount in zip(columns, amounts)]


def code_rows(form, pages, columns, named={"合计": "total"}):
    """Rows `code name amount...`, and rows known by name; a total row is repeated on each page, and counts once."""
    rows = {}
    for page in pages:
        on_page = {}
        row = None
        for word in page:
            if CODE.fullmatch(word) or word in named:
                row = named.get(word, word)
                if row in on_page:
                    raise ValueError(f"{form}/{row}: twice on a page")
                on_page[row] = []
            elif AMOUNT.fullmatch(word):
                on_page[row].append(word)
            # Anything else is (part of) a name.
        for row, amounts in on_page.items():
            if row in rows and (row != "total" or rows[row] != amounts):
                raise ValueError(f"{form}/{row}: again on another page")
            rows[row] = amounts
    return [cell for row, amounts in rows.items() for cell in cells(form, row, columns, amounts)]


def lane_rows(form, pages, revenue, expenditure, columns):
    """Rows `name number amount...`, a revenue line and an expenditure line by turns; both may be blank."""
    lines = []
    name = ""
    for word in (word for page in pages for word in page):
        if LINE_NUMBER.fullmatch(word):
            lines.append((name, int(word), []))
            name = ""
        elif AMOUNT.fullmatch(word):
            lines[-1][2].append(word)
        else:
            name += word  # a long name is broken over lines
    left, right = lines[::2], lines[1::2]
    if [number for _, number, _ in left + right] != list(range(1, len(lines) + 1)):
        raise ValueError(f"{form}: the line numbers do not run on")

    found = []
    for lane, ids, lane_columns in ((left, revenue, ["amount"]), (right, expenditure, columns)):
        for name, _, amounts in lane:
            if name:
                row = ids.get(name) or ids[ORDINAL.sub("", name)]
                found += cells(form, row, lane_columns, amounts)
            elif amounts:
                raise ValueError(f"{form}: amounts {amounts} without a name")
    return found


def name_rows(form, pages, ids, columns):
    """Rows `name amount...`."""
    rows = []
    for word in (word for page in pages for word in page):
        if AMOUNT.fullmatch(word):
            rows[-1][1].append(word)
        else:
            rows.append((ids[ORDINAL.sub("", word)], []))
    return [cell for row, amounts in rows for cell in cells(form, row, columns, amounts)]


def three_public(pages):
    """One line of amounts: the budget, then what was spent, item by item."""
    form = "three-public"
    items = ["total", "overseas", "vehicles", "vehicles-purchase", "vehicles-operation", "receptions"]
    [amounts] = pages
    return cells(form, "budget", items, amounts[:6]) + cells(form, "actual", items, amounts[6:])


def tables(text):
    pages = table_pages(text)
    sources = ["appropriation", "higher-level-grants", "public-service-revenue", "business-revenue",
               "affiliated-remittances", "other-revenue"]
    found = (
        lane_rows("revenue-expenditure-summary", pages[1], SUMMARY_REVENUE, SUMMARY_EXPENDITURE, ["amount"])
        + code_rows("revenue", pages[2], ["total", *sources])
        + code_rows("expenditure", pages[3],
                    ["total", "basic", "project", "remittances-up", "business", "affiliated-grants"])
        + lane_rows("appropriation-summary", pages[4], APPROPRIATION_REVENUE, APPROPRIATION_EXPENDITURE,
                    ["total", "general-budget", "government-fund"])
        + code_rows("general-budget-expenditure", pages[5], ["total", "basic", "project"])
        + code_rows("basic-expenditure", pages[6], ["amount"], BASIC_TOTALS)
        + three_public(pages[7])
        + code_rows("government-fund", pages[8],
                    ["opening", "revenue", "expenditure", "expenditure-basic", "expenditure-project", "closing"])
        + name_rows("non-tax-revenue", pages[9], NON_TAX, ["total", "treasury", "special-account"])
    )
    addresses = {cell[:3] for cell in found}
    if len(addresses) != len(found):
        raise ValueError("an address stands twice")
    return found


def main():
    [seed] = sys.argv[1:]
    with open(seed, "rb") as file:
        source = file.read()
    found = tables(source.decode("utf-8"))
    digest = hashlib.sha256(source).hexdigest()
    lines = [f"# form, row, column, amount: made by tables.py from the text of the source document"
             f" (SHA-256 {digest}); not edited by hand"]
    lines += ["\t".join(cell) for cell in found]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
