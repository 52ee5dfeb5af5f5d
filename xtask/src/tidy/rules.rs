//! The rules of the tree, as data: where a rule applies, what it forbids, and why. `check` reads these tables.
//! What the compiler, clippy or cargo-deny (`deny.toml`) can guarantee is no rule here.

/// Words that some files must not contain.
pub struct Rule {
    /// The beginnings of the paths, from the root, to which the rule applies.
    pub inside: &'static [&'static str],
    /// The beginnings of the paths to which it does not apply.
    pub except: &'static [&'static str],
    /// The words; in code with `::` a path, and with `*` at the end every word that starts with it.
    pub never: &'static [&'static str],
    pub because: &'static str,
}

/// Words that code in Rust must not contain. Comments may contain them.
pub const CODE: &[Rule] = &[
    Rule {
        inside: &["model/src/", "model/documents/src/"],
        except: &[],
        never: &["tokio", "SystemTime", "Instant", "std::fs", "std::net", "std::env", "Zoned::now", "Timestamp::now"],
        because: "the model does no I/O and reads no clock: what it needs is passed in",
    },
    Rule {
        inside: &["ui/src/"],
        except: &[],
        never: &["web_sys", "js_sys", "wasm_bindgen", "tokio", "dioxus::web", "dioxus::desktop"],
        because: "ui is drawn by the app and by the server: it knows no platform",
    },
    Rule {
        inside: &["app/src/client.rs", "app/src/client/"],
        except: &[],
        never: &["dioxus*", "crate::screen", "crate::component"],
        because: "the headless client is driven in tests without a screen",
    },
    Rule {
        inside: &["app/src/component.rs", "app/src/component/"],
        except: &[],
        never: &["crate::screen", "super::screen", "screen::"],
        because: "a screen uses components, never the other way round",
    },
    Rule {
        inside: &["app/src/"],
        except: &["app/src/platform/"],
        never: &["rusqlite", "idb", "tokio*", "reqwest", "gloo*", "js_sys", "web_sys", "wasm_bindgen*"],
        because: "only the platform folder knows which machine the app runs on",
    },
    Rule {
        inside: &["app/src/"],
        except: &["app/src/platform.rs"],
        never: &["target_arch", "target_os", "feature"],
        because: "the machine is chosen once, in app/src/platform.rs",
    },
    Rule {
        inside: &["app/src/platform.rs", "app/src/platform/"],
        except: &[],
        never: &["crate::client", "crate::screen", "crate::component", "crate::app"],
        because: "a platform knows nothing of the app that runs on it",
    },
    Rule {
        inside: &["sync-server/storage/src/"],
        except: &["sync-server/storage/src/db/sqlite.rs"],
        never: &["rusqlite"],
        because: "one file names the driver, so that another database can stand behind the same functions",
    },
    Rule {
        inside: &["sync-server/accounts/src/"],
        except: &["sync-server/accounts/src/passkey.rs", "sync-server/accounts/src/signing_key.rs"],
        never: &["webauthn_rs*"],
        because: "one place makes passkeys and logs in with them; proof checks what they signed",
    },
    Rule {
        inside: &["sync-server/console/src/"],
        except: &["sync-server/console/src/part/form.rs"],
        never: &["axum::Form", "extract::Form"],
        because: "what is typed comes in as `Posted`, without the characters that no text has",
    },
    Rule {
        inside: &["sync-server/src/"],
        except: &["sync-server/src/main.rs"],
        never: &["anyhow*"],
        because: "each boundary has its own error; anyhow is for main and the build tool",
    },
    Rule {
        inside: &[
            "sync-server/accounts/src/",
            "sync-server/console/src/",
            "sync-server/demo/src/",
            "sync-server/dossiers/src/",
            "sync-server/mail/src/",
            "sync-server/paper/src/",
            "sync-server/proof/src/",
            "sync-server/src/",
            "sync-server/storage/src/",
        ],
        except: &["sync-server/mail/src/server.rs", "sync-server/storage/src/egress.rs"],
        never: &[
            "TcpStream::connect*",
            "TcpSocket",
            "UdpSocket",
            "UnixStream",
            "lookup_host",
            "to_socket_addrs",
            "AsyncSmtpConnection",
            "AsyncSmtpTransport",
            "SmtpTransport",
        ],
        because: "a connection to another machine goes to addresses that storage::egress judged",
    },
];

/// Text that files of any kind must not contain, not even in comments. It is written in two halves where this table
/// would break its own rule.
pub const TEXT: &[Rule] = &[
    Rule {
        inside: &[""],
        except: &[],
        never: &[concat!("/wo", "rk/"), concat!("/ro", "ot/")],
        because: "a path of somebody's machine means nothing to anybody else",
    },
    Rule {
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
    Rule {
        inside: &["tests/", "model/tests/", "model/documents/tests/", "app/tests/", "ui/tests/", "sync-server/tests/"],
        except: &[],
        never: &[concat!("sle", "ep("), concat!("waitForTime", "out")],
        because: "a test waits for what happens, not for a while",
    },
    Rule {
        inside: &["tests/browser/"],
        // The mailbox is read until a deadline, a server that does not stop is killed, and a slow line delays
        // what goes through it.
        except: &["tests/browser/server.mjs", "tests/browser/slow-line.mjs"],
        never: &[concat!("setTime", "out(")],
        because: "a test waits for what happens, not for a while",
    },
    Rule {
        inside: &["assets/", "app/src/"],
        except: &[],
        never: &["<script>", "unsafe-inline", "eval(", "new Function("],
        because: "the Content-Security-Policy allows no inline script",
    },
    Rule {
        inside: &["assets/index.html"],
        except: &[],
        never: &["style=", "<style", "onclick=", "onload=", "onerror="],
        because: "the Content-Security-Policy allows no inline style or handler",
    },
];

/// Names that say nothing about the contents.
pub const NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager"];

/// The maximum number of lines of a file, so that somebody will read it completely.
pub const MOST_LINES: usize = 400;
