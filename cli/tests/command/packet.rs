//! `huisuan packet`: made, shown and taken up.

use crate::support::{folder, huisuan, root};
use serde_json::Value;
use std::fs;

const LINK: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

#[test]
fn a_packet_is_made_shown_in_words_and_taken_up_by_the_county() {
    let example = fs::read_to_string(root().join("js-demo/counters/examples/chongqing.json")).unwrap();
    let household = serde_json::from_str::<Value>(&example).unwrap()["household"].to_string();
    let file = folder("packet").join("case.json");
    let path = file.to_str().unwrap();
    let asked = ["--date", "2026-05-14", "--valid-until", "2026-08-14", "--link", LINK, "--benefit", "disability-nursing-subsidy"];
    let made = huisuan(&[&["packet", "make", "--out", path], &asked[..]].concat(), &household);
    assert_eq!(made.code, Some(0), "{}", made.err);

    // Chongqing pays 110 yuan a month for the first grade, from the month of application.
    let shown = huisuan(&["packet", "show", path], "");
    for part in [
        "按 2026-05-14 计算，有效期至 2026-08-14",
        "受理 即墨区（370215），审批 渝中区（500103），收件 渝中区（500103）",
        "申请 2026-05-14，材料齐全 2026-05-14，收到 –",
        "重度残疾人护理补贴：符合条件，每月 110.00 元",
        "2026-05",
        "政策表 重庆市（500000）",
        "受理单位：还没有签名",
        "审批单位：还没有签名",
        "\"disabilities\"",
    ] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    let raw = huisuan(&["packet", "show", "--json", path], "");
    assert_eq!(serde_json::from_str::<Value>(&raw.out).unwrap()["decidedBy"], "500103");
    let wrong = huisuan(&["packet", "show"], "[1");
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""));

    let taken_up = huisuan(&["packet", "verify", "--at", "2026-05-19", "--audience", "500103", path], "");
    assert_eq!(taken_up.code, Some(0), "{}", taken_up.out);
    // 民办发〔2021〕2号: 3 working days to push, 10 to decide, 3 to tell; both are said where the case is handed over.
    let statement = huisuan(&["decide", "--date", "2026-05-14", "--format", "text"], &household);
    for said in [&shown.out, &taken_up.out, &statement.out] {
        for part in [
            "受理 即墨区（370215），审批 渝中区（500103），发放 渝中区（500103） [",
            "民办发〔2021〕2号",
            "推送给户籍地：3 个工作日内，最迟 2026-05-19（按当年放假安排）",
            "户籍地审批：10 个工作日内，最迟 2026-06-02",
            "告知申请人：3 个工作日内，最迟 2026-06-05",
            "要带的材料：",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    // A day that is not known is not made up.
    let without = household.replace(",\"completeOn\":\"2026-05-14\"", "");
    assert_ne!(without, household);
    let open = huisuan(&["decide", "--date", "2026-05-14", "--format", "text"], &without);
    assert!(open.out.contains("受理 即墨区（370215）") && open.out.contains("没有写材料齐全的日期"), "{}", open.out);
    assert!(!open.out.contains("个工作日内，最迟"), "{}", open.out);
}
