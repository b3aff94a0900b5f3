//! Links of documents: to the government's sites, or to those of newspapers that are named here.

use super::Finding;
use crate::area::AreaCode;
use crate::error::TableError;
use crate::order::Listed as _;
use crate::tables::Tables;

/// Newspapers and their sites that a link may lead to besides those of the government (`gov.cn`).
///
/// - 青岛新闻网 `qingdaonews.com`: the news site of 青岛日报 and 青岛晚报, with their printed pages.
/// - 观海新闻 `guanhai.com.cn`: the news service of 青岛日报社.
/// - 半岛网 `bandao.cn`: the site of 半岛都市报.
/// - 大众网 `dzwww.com`: the site of 大众日报.
/// - 齐鲁网 `iqilu.com`: the site of Shandong's radio and television.
/// - 南方+ `southcn.com`: the site of 南方日报.
/// - 齐鲁晚报 `qlwb.com.cn`: the printed pages of 齐鲁晚报.
/// - 人民网 `people.com.cn`: the site of 人民日报.
/// - 中工网 `workercn.cn`: the site of 工人日报.
/// - 每日甘肃 `gansudaily.com.cn`: the site of 甘肃日报 and 甘肃农民报.
pub const NEWSPAPERS: &[&str] = &[
    "qingdaonews.com",
    "guanhai.com.cn",
    "bandao.cn",
    "dzwww.com",
    "iqilu.com",
    "southcn.com",
    "qlwb.com.cn",
    "people.com.cn",
    "workercn.cn",
    "gansudaily.com.cn",
];

/// Documents with a link that leads elsewhere.
pub(super) fn check(tables: &Tables) -> Vec<Finding> {
    let linked = tables.documents.values().filter_map(|document| Some((document.area, document.link.as_deref()?)));
    let strange = linked.filter(|(_, link)| !is_official(link));
    strange
        .map(|(area, link)| Finding {
            error: TableError {
                code: "link-not-official",
                file: if area == AreaCode::NATION { "documents.json".to_owned() } else { format!("{area}/documents.json") },
                line: 0,
                row: None,
                field: "link".to_owned(),
                got: link.to_owned(),
                expected: "gov.cn".to_owned(),
            },
            person: None,
        })
        .listed()
}

fn is_official(link: &str) -> bool {
    leads_to(link, "gov.cn") || NEWSPAPERS.iter().any(|site| leads_to(link, site))
}

/// The host of a link.
fn host(link: &str) -> Option<&str> {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
    rest.split(['/', ':', '?', '#']).next().filter(|host| !host.is_empty())
}

/// Whether a link leads to a site, or to a part of it.
#[must_use]
pub fn leads_to(link: &str, site: &str) -> bool {
    let before = host(link).and_then(|host| host.strip_suffix(site));
    before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}
