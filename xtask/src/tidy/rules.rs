//! The rules of the tree, as data. A rule says where it applies, what it forbids, and why.
//! It has no logic: `check` reads these tables.

/// Words that the code of some files must not contain. Comments may contain them.
pub struct Words {
    /// The path prefixes, from the root, to which the rule applies.
    pub inside: &'static [&'static str],
    /// The path prefixes to which it does not apply.
    pub except: &'static [&'static str],
    /// The words; with `::` a path; with `*` at the end, every word that starts with it.
    pub never: &'static [&'static str],
    pub because: &'static str,
}

pub const WORDS: &[Words] = &[
    Words {
        inside: &["model/src/", "model/documents/src/"],
        except: &[],
        never: &[
            "tokio",
            "rusqlite",
            "reqwest",
            "axum",
            "dioxus*",
            "SystemTime",
            "Instant",
            "getrandom",
            "std::fs",
            "std::net",
            "std::env",
            "Zoned::now",
            "Timestamp::now",
        ],
        because: "the model does no I/O and reads no clock: what it needs is passed in",
    },
    Words {
        inside: &["ui/src/"],
        except: &[],
        never: &["web_sys", "js_sys", "wasm_bindgen", "axum", "rusqlite", "tokio", "dioxus::web", "dioxus::desktop"],
        because: "ui is drawn by the app and by the server: it knows no platform",
    },
    Words {
        inside: &["app/src/client.rs", "app/src/client/"],
        except: &[],
        never: &["dioxus*", "crate::screen", "crate::component"],
        because: "the headless client is driven in tests without a screen",
    },
    Words {
        inside: &["app/src/component.rs", "app/src/component/"],
        except: &[],
        never: &["crate::screen", "super::screen", "screen::"],
        because: "a screen uses components, never the other way round",
    },
    Words {
        inside: &["app/src/"],
        except: &["app/src/platform/"],
        never: &["rusqlite", "idb", "tokio*", "reqwest", "gloo*", "js_sys", "web_sys", "wasm_bindgen*"],
        because: "only the platform folder knows which machine the app runs on",
    },
    Words {
        inside: &["app/src/"],
        except: &["app/src/platform.rs"],
        never: &["target_arch", "target_os", "feature"],
        because: "the machine is chosen once, in app/src/platform.rs",
    },
    Words {
        inside: &["app/src/platform.rs", "app/src/platform/"],
        except: &[],
        never: &["crate::client", "crate::screen", "crate::component", "crate::app"],
        because: "a platform knows nothing of the app that runs on it",
    },
    Words {
        inside: &["sync-server/storage/src/"],
        except: &["sync-server/storage/src/db/sqlite.rs"],
        never: &["rusqlite"],
        because: "one file names the driver, so that another database can stand behind the same functions",
    },
    Words {
        inside: &["sync-server/accounts/src/"],
        except: &["sync-server/accounts/src/passkey.rs", "sync-server/accounts/src/signing_key.rs"],
        never: &["webauthn_rs*"],
        because: "one place makes passkeys and logs in with them; proof checks what they signed",
    },
    Words {
        inside: &["model/", "ui/", "app/", "sync-server/"],
        except: &["app/src/main.rs", "sync-server/src/main.rs", "sync-server/benches/", "sync-server/tests/"],
        never: &["anyhow*"],
        because: "each boundary has its own error; anyhow is for main and the build tool",
    },
    Words {
        inside: &["app/", "ui/", "model/"],
        except: &[],
        never: &["sync_server"],
        because: "app and server meet in tests only",
    },
    Words {
        inside: &["sync-server/"],
        except: &[],
        never: &["app::client", "use app::"],
        because: "app and server meet in tests only",
    },
];

/// Text that some files must not contain anywhere, including comments.
pub struct Text {
    pub inside: &'static [&'static str],
    pub except: &'static [&'static str],
    pub never: &'static [&'static str],
    pub because: &'static str,
}

pub const TEXT: &[Text] = &[
    Text {
        inside: &[""],
        except: &[],
        // They are written in two halves, or this table would break its own rule.
        never: &[concat!("/wo", "rk/"), concat!("/ro", "ot/")],
        because: "a path of somebody's machine means nothing to anybody else",
    },
    Text {
        inside: &["model/", "ui/", "app/", "sync-server/", "tests/", "xtask/"],
        except: &[],
        never: &[
            concat!("#[ig", "nore"),
            concat!("test.sk", "ip("),
            concat!("test.to", "do("),
            concat!("test.on", "ly("),
        ],
        because: "a test that does not run is no test",
    },
    Text {
        inside: &["tests/", "model/tests/", "model/documents/tests/", "app/tests/", "ui/tests/", "sync-server/tests/"],
        except: &[],
        never: &[concat!("sle", "ep("), concat!("waitForTime", "out")],
        because: "a test waits for what happens, not for a while",
    },
    Text {
        inside: &["tests/browser/"],
        // The mailbox is read until a deadline, a server that does not stop is killed, and a slow line delays
        // what goes through it.
        except: &["tests/browser/server.mjs", "tests/browser/slow-line.mjs"],
        never: &[concat!("setTime", "out(")],
        because: "a test waits for what happens, not for a while",
    },
    Text {
        inside: &["assets/", "app/src/"],
        except: &[],
        never: &[
            concat!("<scr", "ipt>"),
            concat!("unsafe-in", "line"),
            concat!("ev", "al("),
            concat!("new Func", "tion("),
        ],
        because: "the Content-Security-Policy allows no inline script",
    },
    Text {
        inside: &["assets/index.html"],
        except: &[],
        never: &["style=", "<style", "onclick=", "onload=", "onerror="],
        because: "the Content-Security-Policy allows no inline style or handler",
    },
];

/// The packages that a package must not depend on, in any kind of dependency. The order of the layers of the
/// server needs no rule: cargo refuses a circle of packages.
pub const DEPENDENCIES: &[(&str, &[&str])] = &[
    (
        "model",
        &[
            "documents",
            "automerge",
            "ui",
            "app",
            "sync-server",
            "tokio",
            "rusqlite",
            "axum",
            "reqwest",
            "dioxus",
            "anyhow",
        ],
    ),
    ("model/documents", &["ui", "app", "sync-server", "tokio", "rusqlite", "axum", "reqwest", "dioxus", "anyhow"]),
    ("ui", &["documents", "app", "sync-server", "tokio", "rusqlite", "axum", "web-sys", "anyhow"]),
    ("app", &["sync-server", "axum", "lettre", "webauthn-rs"]),
    ("sync-server", &["app", "lettre"]),
    ("sync-server/storage", &["app", "axum", "lettre", "dioxus", "webauthn-rs"]),
    ("sync-server/mail", &["app", "rusqlite", "axum", "dioxus", "webauthn-rs"]),
    ("sync-server/accounts", &["app", "rusqlite", "lettre", "dioxus"]),
    ("sync-server/dossiers", &["app", "rusqlite", "lettre", "axum", "dioxus", "webauthn-rs"]),
    ("sync-server/console", &["app", "rusqlite", "lettre", "webauthn-rs"]),
    ("sync-server/demo", &["app", "rusqlite", "lettre", "axum", "dioxus", "webauthn-rs"]),
    ("sync-server/paper", &["app", "rusqlite", "lettre", "axum", "dioxus", "webauthn-rs"]),
    (
        "sync-server/proof",
        &["documents", "automerge", "ui", "dioxus", "sync-server", "rusqlite", "webauthn-rs", "axum", "tokio", "lopdf"],
    ),
];

/// Names that say nothing about the contents.
pub const NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager"];

/// The maximum number of lines of a file, so that somebody will read it completely.
pub const MOST_LINES: usize = 400;

/// Longer files, each with the reason why splitting would make it worse.
pub const LONG: &[(&str, &str)] = &[];
