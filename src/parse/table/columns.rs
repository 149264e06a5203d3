//! Which column a name means: its id, or its printed name where no other column of the lane is named so.

use std::collections::BTreeMap;

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::model::{Lane, Leaf};
use crate::parse::nearest::nearest;
use crate::yaml::Scalar;

use super::{Binder, same_name};

/// What a name of a column leads to.
enum Named {
    One(usize),
    None,
    /// Several columns are named so.
    Several(Vec<String>),
}

impl Binder<'_> {
    /// For each lane, the columns of the values that are typed. A lane of which no column is listed has them all.
    pub(super) fn column_orders(&mut self, columns: &[Scalar]) -> Vec<Vec<Option<usize>>> {
        let form = self.form;
        let mut orders: Vec<Vec<Option<usize>>> = form.lanes.iter().map(|_| Vec::new()).collect();
        let mut seen: BTreeMap<(usize, usize), DataPath> = BTreeMap::new();
        for (index, name) in columns.iter().enumerate() {
            let path = DataPath::top().key("columns").index(index);
            let mut unknown = true;
            for (lane, order) in orders.iter_mut().enumerate() {
                match named(&form.lanes[lane].leaves(), &name.0) {
                    Named::None => continue,
                    Named::One(at) => {
                        if let Some(first) = seen.insert((lane, at), path.clone()) {
                            self.column_twice(&name.0, path.clone(), first);
                        }
                        order.push(Some(at));
                    }
                    Named::Several(ids) => {
                        self.ambiguous_column(&name.0, &ids, path.clone());
                        order.push(None);
                    }
                }
                unknown = false;
            }
            if unknown {
                let lanes: Vec<&Lane> = form.lanes.iter().collect();
                let finding = self.unknown_column(&lanes, &name.0, path);
                self.report(finding);
                for order in &mut orders {
                    order.push(None);
                }
            }
        }
        for (lane, order) in form.lanes.iter().zip(&mut orders) {
            if order.is_empty() {
                *order = (0..lane.leaves().len()).map(Some).collect();
            }
        }
        orders
    }

    /// The column of a lane that a key of a row names; nothing, with a finding, where it is not one column.
    pub(super) fn column(&mut self, lane: &Lane, name: &str, path: DataPath) -> Option<usize> {
        match named(&lane.leaves(), name) {
            Named::One(at) => return Some(at),
            Named::None => {
                let finding = self.unknown_column(&[lane], name, path);
                self.report(finding);
            }
            Named::Several(ids) => self.ambiguous_column(name, &ids, path),
        }
        None
    }

    pub(super) fn column_twice(&mut self, name: &str, path: DataPath, first: DataPath) {
        let finding = Finding::new(&catalogue::DUPLICATE_COLUMN, path.in_file(self.file)).with("name", name);
        self.report(finding.beside(first.in_file(self.file)));
    }

    fn ambiguous_column(&mut self, name: &str, ids: &[String], path: DataPath) {
        let finding = Finding::new(&catalogue::AMBIGUOUS_COLUMN, path.in_file(self.file));
        self.report(finding.with("name", name).with("candidates", ids.join("、")));
    }

    pub(super) fn unknown_column(&self, lanes: &[&Lane], name: &str, path: DataPath) -> Finding {
        let leaves: Vec<Leaf<'_>> = lanes.iter().flat_map(|lane| lane.leaves()).collect();
        let ids: Vec<&str> = leaves.iter().map(|leaf| leaf.id).collect();
        let names: Vec<&str> = leaves.iter().map(|leaf| leaf.column.name.zh.as_str()).collect();
        let finding = Finding::new(&catalogue::UNKNOWN_COLUMN, path.in_file(self.file))
            .with("name", name)
            .with("columns", names.join("、"))
            .with("columns-en", ids.join(", "));
        match nearest(name, names.iter().chain(&ids).copied()) {
            Some(close) => {
                finding.with("help", format!("也许是 `{close}`")).with("help-en", format!("perhaps `{close}`"))
            }
            None => finding.with("help", "用表上印的栏目名称或标识").with("help-en", "use the printed name or the id"),
        }
    }
}

/// An id goes before a printed name, which several columns may share: 合计 under 预算数 and under 决算数.
fn named(leaves: &[Leaf<'_>], name: &str) -> Named {
    if let Some(at) = leaves.iter().position(|leaf| leaf.id == name.trim()) {
        return Named::One(at);
    }
    let found: Vec<usize> =
        leaves.iter().enumerate().filter(|(_, leaf)| column_is(leaf, name)).map(|(at, _)| at).collect();
    match found.as_slice() {
        [] => Named::None,
        [at] => Named::One(*at),
        several => Named::Several(several.iter().map(|&at| leaves[at].id.to_owned()).collect()),
    }
}

pub(super) fn column_is(leaf: &Leaf<'_>, key: &str) -> bool {
    let name = &leaf.column.name;
    leaf.id == key.trim() || same_name(key, &name.zh) || same_name(key, &name.en)
}
