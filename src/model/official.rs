//! What an official page says beside its figures: whom to ask, and how the information is filed (政府信息公开).

use super::Text;

/// Whom readers may ask. Each line is given by the site, or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The office that answers.
    pub office: Option<Text>,
    /// The telephone number, as printed.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The postal address.
    pub address: Option<Text>,
}

/// The head of an information page: how the report is filed as government information.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Information {
    /// 索引号.
    pub index: Option<String>,
    /// 主题分类.
    pub category: Option<Text>,
    /// 发布机构.
    pub issuer: Option<Text>,
    /// 成文日期, as `2020-09-10`.
    pub written: Option<String>,
    /// 文号.
    pub number: Option<String>,
    /// 有效性.
    pub validity: Option<Validity>,
}

/// Whether a document is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// 有效.
    Valid,
    /// 失效.
    Expired,
    /// 废止.
    Repealed,
}
