//! What is fuzzed: anything at all as a table, a pack, a sheet or a household is read or refused, and never a panic.
//!
//! `tests/fuzz` runs these under libFuzzer; the suites run them over the corpus it has left behind.

use std::sync::OnceLock;

use huisuan_core::json::{self, Limits};
use huisuan_core::tables::{load, pack, sheet, write};
use huisuan_core::{Engine, Question, check};
use sha2::{Digest, Sha256};

use crate::published::table_files;

/// The registers, and nothing else.
fn registers() -> &'static [(String, String)] {
    static REGISTERS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    REGISTERS.get_or_init(|| {
        let named = |name: &str| matches!(name, "documents.json" | "benefits.json" | "990000/documents.json" | "990100/zones.json");
        let mut files: Vec<(String, String)> = table_files().into_iter().filter(|(name, _)| named(name)).collect();
        let areas = "{\"areas\":[{\"code\":\"000000\",\"name\":\"\",\"pinyin\":\"\",\"parent\":\"000000\"},\
                     {\"code\":\"990000\",\"name\":\"\",\"pinyin\":\"\",\"parent\":\"000000\"},\
                     {\"code\":\"990100\",\"name\":\"\",\"pinyin\":\"\",\"parent\":\"990000\"},\
                     {\"code\":\"990101\",\"name\":\"\",\"pinyin\":\"\",\"parent\":\"990100\"},\
                     {\"code\":\"990102\",\"name\":\"\",\"pinyin\":\"\",\"parent\":\"990100\"}]}";
        files.push(("areas.json".to_owned(), areas.to_owned()));
        files
    })
}

/// A file of a table, under the name that the table gives itself.
pub fn table(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(json) = json::read(text, Limits::TABLES) else { return };
    let part = |name: &str| json.get(name).and_then(json::Json::text).unwrap_or("x").to_owned();
    let place = format!("{}/{}.json", part("area"), part("parameter"));
    let files = registers().iter().map(|(name, text)| (name.as_str(), text.as_str())).chain([(place.as_str(), text)]);
    let Ok(tables) = load(files) else { return };
    // What has been found good is written, shown as a sheet and read back as the same, and can be checked and decided with.
    let written = write::table(&json);
    let sheet = sheet::export(&json);
    assert_eq!(sheet::import(&sheet).as_deref(), Ok(written.as_str()));
    let _ = check::check(&tables);
    let household = "{\"schemaVersion\":1,\"members\":[{\"id\":\"a\",\"relation\":\"self\",\"registeredArea\":[{\"area\":\"990101\"}]}]}";
    let _ = Engine::new(tables).evaluate(household, Question::on("2024-04-15"));
}

/// The bytes of a pack.
pub fn packed(bytes: &[u8]) {
    let _ = pack::read(&[bytes]);
    // Past the hashes, too: a layer alone, under a header that fits it.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\n')
    {
        let layer = format!("{{\"area\":\"000000\"{text}");
        let hash = Sha256::digest(layer.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let header = format!(
            "{{\"format\":\"huisuan-pack\",\"version\":{},\"area\":\"000000\",\"layers\":[{{\"area\":\"000000\",\"sha256\":\"{hash}\"}}]}}",
            pack::VERSION
        );
        let _ = pack::read(&[format!("{header}\n{layer}\n").as_bytes()]);
    }
}

/// Lines of cells, divided by tabs.
pub fn cells(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let lines: Vec<Vec<String>> = text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    let _ = sheet::import(&lines);
}

/// A household, decided with the registers alone.
pub fn household(bytes: &[u8]) {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| {
        let files = registers().iter().map(|(name, text)| (name.as_str(), text.as_str()));
        Engine::new(load(files).expect("good registers"))
    });
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = engine.evaluate(text, Question::on("2024-04-15"));
}
