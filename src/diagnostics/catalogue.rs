//! Every code with its severity and its words, in Chinese and English.
//!
//! Words are whole sentences with `{…}` for the finding's values; a code never changes its meaning.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stands in the way of publishing.
    Error,
    /// Should be looked at.
    Warning,
    /// Worth knowing.
    Note,
}

/// The words of a finding in one language.
#[derive(Debug)]
pub struct Words {
    /// What is wrong.
    pub message: &'static str,
    /// What stands beside the excerpt: mostly what was expected. May be empty.
    pub label: &'static str,
    /// What to type instead.
    pub help: &'static str,
}

/// A code and all that is the same for each of its findings.
#[derive(Debug)]
pub struct Entry {
    /// `family/name`: an API, as other programs read it.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Chinese.
    pub zh: Words,
    /// English.
    pub en: Words,
}

macro_rules! catalogue {
    ($($name:ident, $code:literal, $severity:ident,
        $zh_message:literal, $zh_label:literal, $zh_help:literal,
        $en_message:literal, $en_label:literal, $en_help:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $en_message, ".")]
            pub static $name: Entry = Entry {
                code: $code,
                severity: Severity::$severity,
                zh: Words { message: $zh_message, label: $zh_label, help: $zh_help },
                en: Words { message: $en_message, label: $en_label, help: $en_help },
            };
        )*
        /// All entries, in the order of the families.
        pub static ALL: &[&Entry] = &[$(&$name),*];
    };
}

catalogue! {
    FILE_ENCODING, "source/encoding", Error,
        "文件不是 UTF-8 编码：{detail}", "", "用编辑器另存为 UTF-8（无论有无 BOM 均可）",
        "the file is not UTF-8: {detail-en}", "", "save it as UTF-8 (with or without a BOM)";
    FILE_TOO_LARGE, "source/too-large", Error,
        "文件过大：{size}，上限 {limit}", "", "拆分文件，或把附件放进 files/",
        "the file is too large: {size}, the limit is {limit}", "", "split it, or put attachments into files/";
    LINK_OUTSIDE, "source/link-outside", Error,
        "符号链接指向站点目录之外", "", "把文件复制进来，代替链接",
        "a symbolic link leaves the site's folder", "", "copy the file in place of the link";
    FILE_UNREADABLE, "source/unreadable", Error,
        "无法读取：{detail}", "", "检查文件是否存在、权限是否允许读取",
        "cannot be read: {detail-en}", "", "check that the file exists and may be read";
    FILE_MISSING, "source/missing", Error,
        "缺少文件 {file}", "", "{advice}",
        "the file {file} is missing", "", "{advice-en}";
    FILE_UNEXPECTED, "source/unexpected", Error,
        "不认识的文件，不会发布", "", "{advice}",
        "not a file that a report has; it would not be published", "", "{advice-en}";
    TWO_FILES, "source/two-files", Error,
        "两个文件对应同一页面：{page}", "这一个", "保留一个，另一个改名或删除",
        "two files are meant for one page: {page}", "this one", "keep one; rename or remove the other";
    LANGUAGE_MISSING, "source/language-missing", Error,
        "缺少{language}文本：{file}", "", "新建 {file}；标题的标识须与另一语言一致",
        "the {language-en} text is missing: {file}", "", "write {file}; its headings need the same ids as the other language's";
    YAML_SYNTAX, "yaml/syntax", Error,
        "YAML 语法错误：{detail}", "此处", "检查缩进、冒号后的空格、括号和引号是否成对",
        "YAML syntax: {detail}", "here", "check the indent, the space behind a colon, and pairs of brackets and quotes";
    YAML_TOO_DEEP, "yaml/too-deep", Error,
        "嵌套过深，超过 {limit} 层", "", "检查是否有多余的括号或缩进",
        "nested more than {limit} levels deep", "", "check for stray brackets or indents";
    YAML_UNKNOWN_KEY, "yaml/unknown-key", Error,
        "不认识的键 `{key}`", "应为：{known}", "{help}",
        "unknown key `{key}`", "expected one of: {known}", "{help-en}";
    YAML_DUPLICATE_KEY, "yaml/duplicate-key", Error,
        "键 `{key}` 重复", "此处再次出现", "保留一处，删去另一处",
        "the key `{key}` stands twice", "here again", "keep one of them";
    YAML_MISSING_KEY, "yaml/missing-key", Error,
        "缺少键 `{key}`", "此处应有 `{key}:`", "补上 `{key}:`",
        "the key `{key}` is missing", "`{key}:` belongs here", "add `{key}:`";
    YAML_TYPE, "yaml/type", Error,
        "内容的形式不对：{detail}", "应为{expected}", "{help}",
        "not of the right shape: {detail}", "expected {expected-en}", "{help-en}";
    AMOUNT, "form/amount", Error,
        "`{text}` 不是金额：{why}", "应为半角数字，如 1066.66", "{help}",
        "`{text}` is not an amount: {why-en}", "expected plain digits, as 1066.66", "{help-en}";
    DECIMALS, "form/decimals", Error,
        "`{text}` 有 {found} 位小数，本表为 {allowed} 位", "最多 {allowed} 位小数", "{help}",
        "`{text}` has {found} decimals, the form has {allowed}", "at most {allowed} decimals", "{help-en}";
    COLUMN_COUNT, "form/column-count", Error,
        "这一行有 {found} 个数，应有 {expected} 个", "应为：{columns}", "{help}",
        "the row has {found} values, not {expected}", "expected: {columns-en}", "{help-en}";
    UNKNOWN_COLUMN, "form/unknown-column", Error,
        "本表没有 `{name}` 这一栏", "应为：{columns}", "{help}",
        "the form has no column `{name}`", "expected one of: {columns-en}", "{help-en}";
    AMBIGUOUS_COLUMN, "form/ambiguous-column", Error,
        "`{name}` 可以指多栏", "", "改用标识之一：{candidates}",
        "`{name}` could be several columns", "", "write one of the ids: {candidates}";
    DUPLICATE_COLUMN, "form/duplicate-column", Error,
        "`{name}` 这一栏出现了两次", "此处再次出现", "保留一处，或改为另一栏的标识",
        "the column `{name}` is named twice", "here again", "keep one, or write the id of the column that is meant";
    UNKNOWN_ROW, "form/unknown-row", Error,
        "本表没有 `{name}` 这一行", "", "{help}",
        "the form has no row `{name}`", "", "{help-en}";
    AMBIGUOUS_ROW, "form/ambiguous-row", Error,
        "`{name}` 可以指多行", "", "{help}",
        "`{name}` could be several rows", "", "{help-en}";
    HEADS_DIFFER, "form/heads-differ", Error,
        "`{name}` 与 `{other}` 不是同一行", "", "{help}",
        "`{name}` and `{other}` are not the same row", "", "{help-en}";
    BLANK_ROW, "form/blank-row", Error,
        "第 {name} 行在本表中是空行，不能填数", "", "{help}",
        "line {name} is blank on the form and takes no figures", "", "{help-en}";
    DUPLICATE_ROW, "form/duplicate-row", Error,
        "`{name}` 这一行填了两次", "此处再次出现", "{help}",
        "the row `{name}` is given twice", "here again", "{help-en}";
    UNKNOWN_CODE, "form/unknown-code", Error,
        "内置的 {year} 年科目表没有收录编码 `{code}`", "", "{help}",
        "the built-in classification of {year} has no code `{code}`", "", "{help-en}";
    UNKNOWN_FORM, "form/unknown-form", Error,
        "没有名为 `{form}` 的表", "", "{help}",
        "there is no form `{form}`", "", "{help-en}";
    UNKNOWN_FORM_SET, "form/unknown-set", Error,
        "没有名为 `{set}` 的表样", "应为：{known}", "改为其中之一",
        "there is no form set `{set}`", "expected one of: {known}", "write one of them";
    OLDER_FORM_SET, "form/older-set", Warning,
        "`{set}` 是 {since} 年的表样，{newer_year} 年起有 `{newer}`，报告是 {year} 年度的", "此处", "对照本年印发的表式：已经换用的，写 `forms: {newer}`，按新表样核对各表",
        "`{set}` are the forms of {since}; there is `{newer}` from {newer_year} on, and the report is for {year}", "here", "compare them with this year’s printed forms; if those are the new ones, write `forms: {newer}` and go through the tables";
    FORM_INVALID, "form/invalid", Error,
        "表样有误：{detail}", "", "{help}",
        "the form is not sound: {detail-en}", "", "{help-en}";
    MISSING_TABLE, "form/missing-table", Error,
        "缺少《{title}》（{file}）", "", "新建 {file}；没有数据的表也要列出，写 `empty: {zh: …, en: …}` 说明",
        "the table “{title-en}” is missing ({file})", "", "write {file}; a table without figures says so: `empty: {zh: …, en: …}`";
    EMPTY_UNEXPLAINED, "form/empty-unexplained", Error,
        "表中没有任何数字，也没有说明", "", "写 `empty: {zh: 本部门无…, en: …}`，或填写 `rows:`",
        "the table has neither figures nor a statement", "", "write `empty: {zh: …, en: …}`, or fill in `rows:`";
    EMPTY_WITH_ROWS, "form/empty-with-rows", Error,
        "表已声明为空，却又填了数字", "", "删去 `empty:` 或 `rows:`",
        "the table says that it is empty, and has figures", "", "remove `empty:` or `rows:`";
    ZEROS_UNEXPLAINED, "form/zeros-unexplained", Warning,
        "{title}全部为零，没有说明", "", "写 `note: {zh: 本部门本年度没有…, en: …}`",
        "{title-en} is all zeros, and does not say why", "", "write `note: {zh: …, en: …}`";
    NAME_MISSING, "form/name-missing", Error,
        "`{name}` 没有中英文名称", "", "{help}",
        "`{name}` has no name in both languages", "", "{help-en}";
    UNKNOWN_UNIT, "form/unknown-unit", Error,
        "不认识的单位 `{unit}`", "应为：{known}", "其他单位写作 `unit: {zh: 辆, en: vehicles}`",
        "unknown unit `{unit}`", "expected one of: {known}", "any other unit is written `unit: {zh: 辆, en: vehicles}`";
    BAD_ID, "form/bad-id", Error,
        "`{id}` 不能用作标识", "只用小写字母、数字和连字符", "改写为 `{suggestion}`",
        "`{id}` cannot be an id", "lower-case letters, digits and hyphens only", "write `{suggestion}`";
    FIGURE_SYNTAX, "figure/syntax", Error,
        "读不懂的数字写法 `{text}`：{detail}", "", "{help}",
        "`{text}` is not a figure: {detail-en}", "", "{help-en}";
    FIGURE_UNKNOWN, "figure/unknown-address", Error,
        "`{address}` 没有指向任何数字：{detail}", "", "{help}",
        "`{address}` leads to no figure: {detail-en}", "", "{help-en}";
    FIGURE_UNITS, "figure/units", Error,
        "`{first}` 与 `{second}` 单位不同，不能一起计算", "", "换用同一单位的数字",
        "`{first}` and `{second}` have different units", "", "use figures of one unit";
    FIGURE_STATED, "figure/stated", Error,
        "原文写 {stated}，按有关数字计算为 {computed}（{figures}）", "此处", "核对原文；原文确实如此的，在 report.yaml 的 accepted 中写明原因",
        "stated as {stated}, computed as {computed} ({figures})", "here", "check the document; if it says so, accept it with a reason in report.yaml";
    FIGURE_TAIL, "figure/tail", Note,
        "原文写 {stated}，按印出的数字计算为 {computed}，差别出于四舍五入（{figures}）", "", "",
        "stated as {stated}; the printed figures make {computed} ({figures-en}); rounding explains the difference", "", "";
    TEXT_UNBACKED, "text/unbacked", Warning,
        "正文写有 {stated}，报告的表和 facts.yaml 中没有这个数", "此处", "核对原文；确有此数的，写进 facts.yaml，再用花括号引用",
        "the text says {stated}, which is in no table and not in facts.yaml", "here", "check it; if it is right, put it into facts.yaml and refer to it in braces";
    TEXT_UNIT, "text/unit", Error,
        "正文写 {stated}，报告中有这个数，单位却不同", "此处", "核对单位：万元还是元",
        "the text says {stated}, which the report has in another unit", "here", "check the unit: 万元 (RMB 10,000) or 元 (RMB)";
    TEXT_CONTRADICTS, "text/contradicts", Error,
        "正文写 {stated}，报告中同名的数为 {computed}", "此处", "核对两处；原文确实如此的，在 report.yaml 的 accepted 中写明原因",
        "the text says {stated}, the figure of that name is {computed} in the report", "here", "check both; if the document says so, accept it with a reason in report.yaml";
    TEXT_COUNT, "text/count", Warning,
        "正文写 {stated}，facts.yaml 中没有这个数", "此处", "核对原文；无误的先录入 facts.yaml，再用花括号引用",
        "the text counts {stated}, which is not in facts.yaml", "here", "check it; if it is right, put it into facts.yaml and refer to it in braces";
    TEXT_PERCENT, "text/percent", Error,
        "正文写 {stated}，按同处的数额计算为 {computed}（{figures}）", "此处", "核对原文和有关数额；原文确实如此的，在 report.yaml 的 accepted 中写明原因",
        "the text says {stated}, the amounts beside it make {computed} ({figures-en})", "here", "check both; if the document says so, accept it with a reason in report.yaml";
    TEXT_TAIL, "text/tail", Note,
        "正文写 {stated}，按同处的数额计算为 {computed}，差别出于四舍五入（{figures}）", "", "",
        "the text says {stated}, the amounts beside it make {computed} ({figures-en}); rounding explains the difference", "", "";
    TEXT_SHARES, "text/shares", Error,
        "列出的各项占比相加为 {computed}，四舍五入不会差这么多（{figures}）", "", "核对各项；原文如此的，在 report.yaml 中接受并写明原因",
        "the shares that are listed together add up to {computed}, more than rounding can make them differ from 100% ({figures})", "", "check them; what the document says so is accepted in report.yaml with a reason";
    TEXT_BUDGETS, "text/budgets", Error,
        "各项完成率与预算总额不能同时成立：各项数额除以完成率之和为 {computed}（{figures}）", "此处的 {stated} 是最后一项", "核对各项完成率；年中追加、没有年初预算的项目不应有完成率；原文确实如此的，在 report.yaml 的 accepted 中写明原因",
        "the rates of completion and the budget cannot all hold: the amounts divided by their rates add up to {computed} ({figures-en})", "{stated} here is the last of them", "check the rates; an item without a budget at the start of the year has none; if the document says so, accept it with a reason in report.yaml";
    TEXT_CHANGE, "text/change", Error,
        "正文写增减 {stated}，按同一句中的数额相差 {computed}（{figures}）", "此处", "核对原文和有关数额；原文确实如此的，在 report.yaml 的 accepted 中写明原因",
        "the text gives the difference as {stated}, the amounts of the same sentence differ by {computed} ({figures-en})", "here", "check both; if the document says so, accept it with a reason in report.yaml";
    TEXT_SIGN, "text/sign", Error,
        "增减的方向不对：这里写 {stated}，同一句中的数额却是{direction}（{figures}）", "此处", "核对“增加”“减少”等字眼和有关数额；原文确实如此的，在 report.yaml 的 accepted 中写明原因",
        "the wrong direction: {stated} here, but by the amounts of the same sentence it is {direction-en} ({figures-en})", "here", "check the word of direction and the amounts; if the document says so, accept it with a reason in report.yaml";
    TEXT_ZERO_BASE, "text/zero-base", Error,
        "基数为 0，不能有百分比 {stated}（{figures}）", "此处", "删去百分比，写“不可比（基数为0）”或只写增减额",
        "the base is zero, there can be no {stated} ({figures-en})", "here", "leave the percentage out, or write “n/a (base is zero)”";
    TEXT_TEMPLATE, "text/template", Error,
        "{what}：`{text}`", "此处", "补上内容，或删去",
        "{what-en}: `{text}`", "here", "fill it in, or remove it";
    TEXT_WORDS, "text/words", Warning,
        "正文写“{stated}”{elsewhere}", "此处", "",
        "the text says “{stated}”{elsewhere-en}", "here", "";
    TEXT_SENSITIVE, "text/sensitive", Error,
        "正文中有{what}，不宜公开", "此处", "删去，或改为概括的说法",
        "{what-en} in the text: not for publication", "here", "remove it, or say it in general terms";
    TEXT_YEAR, "text/year", Warning,
        "标题写 {stated} 年度，报告是 {year} 年度的", "此处", "核对年份：多半是上年的标题没有改",
        "the heading says {stated}, the report is for {year}", "here", "check the year: mostly a heading left from an earlier report";
    TEXT_DEPARTMENT, "text/department", Warning,
        "这里的单位名 `{name}` 不是本部门的", "此处", "核对单位名：多半是沿用了别的部门的文稿",
        "`{name}` is not the name of this department", "here", "check the name: mostly it was left from another department's text";
    TEXT_SUBJECT, "text/subject", Warning,
        "各表中没有名为 `{name}` 的科目", "此处", "按该年度的科目名称改正",
        "no table has a subject `{name}`", "here", "write the name that the subject has in the year's classification";
    REPORT_LEFT_OVER, "report/left-over", Warning,
        "{detail}", "此处", "{help}",
        "{detail-en}", "here", "{help-en}";
    TRANSLATION_FIGURES, "translation/figures-differ", Error,
        "两种语言的数字不一致，{language}文本缺少：{figures}", "此处缺少", "在 {file} 中补上，或从另一语言中删去",
        "the figures of the two languages differ; the {language-en} text lacks {figures}", "missing here", "add them to {file}, or remove them from the other language";
    SUM_DIFFERS, "sum/differs", Error,
        "{rule} {name}（{figure}）：此处为 {stated}，各项之和为 {computed}，相差 {difference}", "{left} ≠ {right}", "对照原件核对，改正录入有误的数；原件确实如此的，在 report.yaml 的 accepted 中写明原因",
        "{rule} {name} ({figure-en}): stated {stated}, the parts add up to {computed}, a difference of {difference}", "{left} ≠ {right}", "check the document and correct what was mistyped; if the document says so, accept it with a reason in report.yaml";
    SUM_BLANK, "sum/blank", Error,
        "{rule} {name}（{figure}）：一边是空白，另一边为 {difference}", "{left} / {right}", "原表印有合计的，照原表填写；原表确实空白的，在 report.yaml 的 accepted 中写明原因",
        "{rule} {name} ({figure-en}): one side is blank, the other is {difference}", "{left} / {right}", "type the total that the form shows; if it is blank there, accept it with a reason in report.yaml";
    SUM_TAIL, "sum/tail", Note,
        "{rule} {name}（{figure}）：四舍五入尾差 {difference}（{stated} 与 {computed}）", "{left}，{right}", "",
        "{rule} {name} ({figure-en}): a rounding tail of {difference} ({stated} and {computed})", "{left}, {right}", "";
    RULE_NOTHING, "rule/nothing", Warning,
        "{rule} {name}：没有核对任何数字：{why}", "此处", "核对 left、equals 中的表、行、栏；不再需要的，删去这一条",
        "{rule} {name} proves nothing: {why-en}", "here", "check the forms, rows and columns of its sides, or remove it";
    CROSS_DIFFERS, "cross/differs", Error,
        "{rule} {name}（{figure}）：两处应当相等，一处为 {stated}，另一处为 {computed}，相差 {difference}", "{left} ≠ {right}", "核对这两处；原件确实如此的，在 report.yaml 的 accepted 中写明原因",
        "{rule} {name} ({figure-en}): two figures should be equal, one is {stated}, the other {computed}, a difference of {difference}", "{left} ≠ {right}", "check both places; if the document says so, accept it with a reason in report.yaml";
    CROSS_TAIL, "cross/tail", Note,
        "{rule} {name}（{figure}）：四舍五入尾差 {difference}（{stated} 与 {computed}）", "{left}，{right}", "",
        "{rule} {name} ({figure-en}): a rounding tail of {difference} ({stated} and {computed})", "{left}, {right}", "";
    CROSS_EXCEEDS, "cross/exceeds", Error,
        "{rule} {name}（{figure}）：部分 {stated} 大于整体 {computed}，多出 {difference}", "{left} > {right}", "核对这两处；原件确实如此的，在 report.yaml 的 accepted 中写明原因",
        "{rule} {name} ({figure-en}): a part of {stated} exceeds its whole of {computed} by {difference}", "{left} > {right}", "check both places; if the document says so, accept it with a reason in report.yaml";
    CROSS_UNUSUAL, "cross/unusual", Warning,
        "{rule} {name}（{figure}）：通常一致，这里一处为 {stated}，另一处为 {computed}", "{left}，{right}", "核对这两处；情况属实的不必改动",
        "{rule} {name} ({figure-en}): these mostly agree; here one is {stated}, the other {computed}", "{left}, {right}", "check both places; leave it if it is so";
    RATE_DIFFERS, "rate/differs", Error,
        "{rule} {name}（{figure}）：写作 {stated}%，按有关数额计算为 {computed}%", "{left}；{right}", "核对比率和有关数额；原文确实如此的，在 report.yaml 的 accepted 中写明原因",
        "{rule} {name} ({figure-en}): stated {stated}%, the amounts make {computed}%", "{left}; {right}", "check the rate and the amounts; if the document says so, accept it with a reason in report.yaml";
    YEAR_DIFFERS, "year/differs", Error,
        "{rule} {name}（{figure}）：本年为 {stated}，上年为 {computed}，相差 {difference}", "{left} ≠ {right}", "核对两年的报告；有追溯调整的，在 report.yaml 的 accepted 中写明原因",
        "{rule} {name} ({figure-en}): {stated} this year, {computed} the year before, a difference of {difference}", "{left} ≠ {right}", "check both reports; a restatement is accepted with its reason in report.yaml";
    ACCEPTED_NOTHING, "publish/accepted-nothing", Error,
        "已接受的问题 `{code}`（{at}）没有对应的发现", "此处", "{help}",
        "the accepted finding `{code}` ({at}) matches nothing that was found", "here", "{help}";
    ACCEPTED_PUBLIC, "publish/accepted-public", Error,
        "`{code}` 说的是录入的文件，不是原文，不能对读者显示", "此处", "写 `visible: internal`",
        "`{code}` is about the files, not about the document: readers cannot be shown it", "here", "write `visible: internal`";
    RAW_HTML, "markdown/raw-html", Error,
        "正文中不能使用 HTML", "", "{help}",
        "no HTML in the narrative", "", "{help-en}";
    CONTROL_CHARACTER, "markdown/control-character", Error,
        "正文中有看不见的控制字符 {character}", "此处", "删去它；多半是从别的软件复制时带来的",
        "the text holds a control character, {character}, that nobody sees", "here", "remove it; it mostly comes along when text is copied from another program";
    UNSAFE_LINK, "markdown/unsafe-link", Error,
        "不安全的链接 `{link}`", "", "只能用 https:、http:、mailto:，或 form:、part:、term: 引用本报告",
        "unsafe link `{link}`", "", "use https:, http: or mailto:, or form:, part:, term: for this report";
    BROKEN_LINK, "markdown/broken-link", Error,
        "链接 `{link}` 没有对应的页面或标题", "", "{help}",
        "the link `{link}` leads to no page or heading", "", "{help-en}";
    UNKNOWN_EMBED, "markdown/unknown-embed", Error,
        "{detail}", "", "{help}",
        "{detail-en}", "", "{help-en}";
    EMBED, "markdown/embed", Error,
        "`{embed}` 不能放在这里：{detail}", "", "{help}",
        "`{embed}` cannot stand here: {detail-en}", "", "{help-en}";
    EMBEDS_DIFFER, "markdown/embeds-differ", Error,
        "两种语言放的图和表不一致：{detail}", "", "让两个文件按同样的顺序放同样的图和表",
        "the charts and forms in the two languages differ: {detail-en}", "", "place the same ones in the same order in both files";
    MARKDOWN_TOO_DEEP, "markdown/too-deep", Error,
        "列表或引用嵌套过深，超过 {limit} 层", "", "减少嵌套",
        "lists or quotations are nested more than {limit} levels deep", "", "nest less";
    TABLE_CELLS, "markdown/table-cells", Error,
        "{detail}", "此处", "{help}",
        "{detail-en}", "here", "{help-en}";
    TITLE_MISSING, "markdown/title-missing", Error,
        "文件没有标题", "", "第一行写 `# 标题 {#top}`",
        "the file has no title", "", "begin it with `# Title {#top}`";
    HEADING_ID, "markdown/heading-id", Error,
        "标题没有标识", "", "在标题末尾加上 `{#…}`，两种语言相同",
        "the heading has no id", "", "end it with `{#…}`, the same in both languages";
    HEADING_DUPLICATE, "markdown/heading-duplicate", Error,
        "标题标识 `{id}` 重复", "此处再次出现", "换一个标识",
        "the heading id `{id}` stands twice", "here again", "choose another id";
    HEADING_MISPLACED, "markdown/heading-misplaced", Error,
        "标题放错了地方：{detail}", "", "{help}",
        "a heading out of place: {detail-en}", "", "{help-en}";
    HEADINGS_DIFFER, "markdown/headings-differ", Error,
        "两种语言的标题不一致：{detail}", "", "让两个文件的标题标识相同、顺序相同",
        "the headings of the two languages differ: {detail-en}", "", "give both files the same heading ids in the same order";
    GLOSSARY_DIFFER, "glossary/languages-differ", Error,
        "名词 `{id}` 只有一种语言", "", "在 {file} 中补上",
        "the term `{id}` exists in one language only", "", "add it to {file}";
    UNKNOWN_TERM, "glossary/unknown-term", Error,
        "名词解释中没有 `{term}`", "", "{help}",
        "the glossary has no term `{term}`", "", "{help-en}";
    TEMPLATE, "theme/template", Error,
        "模板错误：{detail}", "此处", "修改主题文件；各模板的数据和组件见 docs/theming.zh.md",
        "template error: {detail}", "here", "correct the theme file; docs/theming.md lists the data and the components of each template";
    THEME_MISSING, "theme/missing", Error,
        "没有名为 `{theme}` 的主题", "", "{help}",
        "there is no theme `{theme}`", "", "{help-en}";
    THEME_CYCLE, "theme/cycle", Error,
        "主题的 extends 绕了一圈：{way}", "此处", "最下面的一个写 `extends: default`，或不写",
        "the themes extend each other in a circle: {way}", "here", "let the lowest one say `extends: default`, or nothing";
    THEME_VARIABLE, "theme/unknown-variable", Error,
        "样式表中没有变量 `{variable}`", "", "{help}",
        "the style sheet has no variable `{variable}`", "", "{help-en}";
    THEME_VALUE, "theme/value", Error,
        "变量 `{variable}` 的值不能用：{detail}", "", "{help}",
        "the value of `{variable}` cannot be used: {detail-en}", "", "{help-en}";
    THEME_UNEXPECTED, "theme/unexpected-file", Error,
        "主题里没有这样的文件，不会起作用", "", "{help}",
        "not a file that a theme has; it would have no effect", "", "{help-en}";
    THEME_RESERVED, "theme/reserved-file", Error,
        "`assets/search/` 留给程序生成的搜索索引，主题的文件不能放在那里", "", "移到别处，如 {other}，引用它的模板和样式也随之改",
        "`assets/search/` is for the index of the search, which the program makes; a theme puts no file there", "",
        "move it, for example to {other}, and change the templates and styles that name it";
    THEME_MISSING_FILE, "theme/missing-file", Error,
        "主题没有 `{file}` 这个文件", "此处", "{help}",
        "the theme has no file `{file}`", "here", "{help-en}";
    TEMPLATE_UNUSED, "theme/unused-template", Error,
        "没有页面使用模板 `{template}`", "", "{help}",
        "no page uses the template `{template}`", "", "{help-en}";
    FIELD_UNKNOWN, "theme/unknown-field", Error,
        "模板没有 `{path}` 这项数据", "此处", "{help}",
        "the template gets no `{path}`", "here", "{help-en}";
    THEME_INLINE, "theme/inline", Error,
        "标签里的 `{what}` 不起作用：页面的安全策略只认本站的文件", "此处", "{help}",
        "`{what}` in a tag has no effect: a page’s policy allows files of the site only", "here", "{help-en}";
    THEME_OTHER_HOST, "theme/other-host", Error,
        "页面不得向别的网站请求：`{address}`", "此处", "{help}",
        "a page makes no request to another host: `{address}`", "here", "{help-en}";
    THEME_NOT_LOADED, "theme/not-loaded", Error,
        "`{what}` 不起作用：页面的安全策略不许", "此处", "改用链接、图片或 assets/ 里的文件；能用的见 docs/theming.zh.md",
        "`{what}` has no effect: a page’s policy does not allow it", "here", "use a link, an image or a file in assets/; docs/theming.md says what a page may load";
    THEME_NO_HEAD, "theme/no-head", Error,
        "{page} 的 `<head>` 之前还有别的内容，或没有 `<head>`，安全策略无处可写", "此处", "先写 `<head>`；它之前只可有文档类型、`<html>` 和注释",
        "{page} has no `<head>`, or something before it: there is no place for its policy", "here", "begin with `<head>`; only the document type, `<html>` and comments may stand before it";
    WORD_UNKNOWN, "theme/unknown-word", Error,
        "没有名为 `{word}` 的界面文字，模板也没有用到它", "", "{help}",
        "there is no word `{word}`, and no template reads it", "", "{help-en}";
    WORD_MISSING, "theme/word-missing", Error,
        "主题缺少界面文字 `{word}`（{language}）", "", "在 {file} 中补上 `{word}:`",
        "the theme lacks the word `{word}` ({language-en})", "", "add `{word}:` to {file}";
    OUTPUT_FOREIGN, "output/foreign-file", Error,
        "输出目录里有不是 gongkai 生成的文件", "", "把它移走；要随报告发布的附件放进 content/…/files/",
        "the output folder holds a file that gongkai did not make", "", "move it away; attachments to publish belong in content/…/files/";
    OUTPUT_CHANGED, "output/changed-file", Error,
        "输出目录里的文件在生成之后被改动过", "", "改动应写在 content/ 或 themes/ 里；确认不要后删去此文件再生成",
        "a file in the output folder was changed after it was made", "", "make the change in content/ or themes/; remove the file if it is not needed, then build again";
}
