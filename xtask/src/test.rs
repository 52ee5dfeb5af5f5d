//! `cargo xtask test`: installs what the tests need, then runs every kind of test.
//! The fast ones come first, so that a mistake shows early.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::command::{cargo, packages, program, succeed, target};
use crate::step::step;
use crate::web::{self, Profile};
use crate::{postgres, setup, tidy};

/// Makes a text that differs from its snapshot fail the test, and lets nothing be written. Whoever means the
/// difference runs the tests of that package with `INSTA_UPDATE=always`, and looks at what git says.
const SNAPSHOTS_STAY: (&str, &str) = ("INSTA_UPDATE", "no");

/// The folder of the tests in the browser.
const BROWSER: &str = "tests/browser";

/// The browser test that needs the app as it is released.
const OF_RELEASE: &str = "release.test.mjs";

/// The browser tests that measure, or wait for what a busy machine delays: they run after the others, one at a time.
const ALONE: &[&str] = &["network.test.mjs", "slow-line.test.mjs", "typing.test.mjs"];

/// The browser tests that are too long for every day.
const AT_NIGHT: &[&str] = &["firefox.test.mjs"];

/// Tells tests in both languages that there is time: they try more seeds, languages and colours.
const NIGHTLY: &str = "TEST_NIGHTLY";

#[derive(Args)]
pub struct Options {
    /// Leave out the tests that need Chromium and Node
    #[arg(long, conflicts_with = "only_browser")]
    skip_browser: bool,
    /// Run the tests in Chromium alone
    #[arg(long)]
    only_browser: bool,
    /// Also run what is too long for every day: more seeded worlds, every address in each language and colour, Firefox
    #[arg(long)]
    nightly: bool,
    /// With --only-browser: only test files whose name contains this
    #[arg(long, value_name = "PART", requires = "only_browser")]
    file: Option<String>,
}

pub fn test(root: &Path, options: &Options) -> Result<()> {
    setup::for_building(root)?;
    if !options.skip_browser {
        setup::for_browser(root)?;
    }
    if !options.only_browser {
        setup::for_mails(root)?;
        setup::for_postgres(root)?;
        step("tidy", || tidy::tidy(root))?;
        // One call does what is one native build; the tool's own tests run in the profile it is built in.
        step("tests of the crates, the server and the world", || {
            let statements = postgres::folder(root);
            if statements.exists() {
                std::fs::remove_dir_all(&statements)?;
            }
            let mut tests = cargo(root);
            tests.arg("test").args(packages()).env(postgres::SETTING, statements).envs([SNAPSHOTS_STAY]);
            succeed(tests.envs(options.nightly.then_some((NIGHTLY, "1"))))
        })?;
        step("the tests' statements on PostgreSQL", || postgres::check(root))?;
        step("tests of the build tool", || {
            succeed(cargo(root).args(["test", "--package=xtask", "--profile=xtask", "--quiet"]))
        })?;
    }
    if options.skip_browser {
        return Ok(());
    }
    let server = server(root)?;
    let is_asked = |name: &str| match &options.file {
        Some(part) => name.contains(part.as_str()),
        None => options.nightly || !AT_NIGHT.contains(&name),
    };
    let files = test_files(root)?.into_iter().filter(|name| is_asked(name));
    let (of_release, files): (Vec<_>, Vec<_>) = files.partition(|name| name == OF_RELEASE);
    if !of_release.is_empty() {
        web::build(root, Profile::Release)?;
        step("tests of the app as it is released", || browser(root, &server, options, 1, of_release))?;
    }
    if !files.is_empty() {
        web::build(root, Profile::Dev)?;
        let (alone, together): (Vec<_>, Vec<_>) = files.into_iter().partition(|name| ALONE.contains(&name.as_str()));
        step("tests in the browser", || browser(root, &server, options, 2, together))?;
        step("tests in the browser that need a calm machine", || browser(root, &server, options, 1, alone))?;
    }
    Ok(())
}

/// Returns the server of that build, which cargo makes for the tests that start it.
pub fn server(root: &Path) -> Result<PathBuf> {
    step("build the server", || {
        succeed(cargo(root).arg("test").args(packages()).args(["--no-run", "--test=server"]))?;
        Ok(target(root).join("debug/sync-server"))
    })
}

fn test_files(root: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root.join(BROWSER))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

/// Runs files of browser tests, so many at a time. Each starts browsers and servers of its own and shares only what
/// was built.
fn browser(root: &Path, server: &Path, options: &Options, at_once: u8, files: Vec<String>) -> Result<()> {
    // Without a file, Node would look for some itself.
    if files.is_empty() {
        return Ok(());
    }
    let mut node = program(&root.join(BROWSER), "node");
    node.arg("--test").arg(format!("--test-concurrency={at_once}"));
    for reporter in ["spec", "./slowest.mjs"] {
        node.arg(format!("--test-reporter={reporter}")).arg("--test-reporter-destination=stdout");
    }
    node.args(files).envs(options.nightly.then_some((NIGHTLY, "1")));
    succeed(browser_environment(&mut node, root, server))
}

/// Tells the scripts in tests/browser what was built and what to drive.
pub fn browser_environment<'a>(
    node: &'a mut std::process::Command,
    root: &Path,
    server: &Path,
) -> &'a mut std::process::Command {
    node.env("TEST_SERVER", server).env("TEST_APP", web::dist(root));
    if let Some(chromium) = setup::chromium() {
        node.env("TEST_CHROMIUM", chromium);
    }
    if let Some(firefox) = setup::firefox() {
        node.env("TEST_FIREFOX", firefox);
    }
    node
}
