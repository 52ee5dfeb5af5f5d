//! Checks that the server could use PostgreSQL: makes its schema in a
//! new database, which prepares every statement that the tests ran.
//! None of them is run, and nothing of the database stays.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{find, output, program, succeed, target};

/// The setting that lets debug builds of the server note their statements.
pub const SETTING: &str = "AKKOORD_STATEMENTS";
const MIGRATIONS: &str = "sync-server/storage/migrations/postgres";
/// The user as whom Debian's package runs a database, because it refuses to run as root.
const USER: &str = "postgres";
/// The minimum number of statements; with fewer, the tests did not record what they ran.
const FEWEST: usize = 200;

/// Returns the folder in which the tests record their statements.
pub fn folder(root: &Path) -> PathBuf {
    target(root).join("statements")
}

/// Returns the folder of PostgreSQL's programs, which Debian keeps off the PATH.
pub fn programs() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = installed.filter_map(|version| Some(version.ok()?.path().join("bin")));
    let debian = folders.filter(|folder| folder.join("initdb").is_file()).max();
    debian.or_else(|| Some(find("initdb")?.parent()?.to_path_buf()))
}

/// Makes the schema and prepares all statements that were recorded.
pub fn check(root: &Path) -> Result<()> {
    let statements = noted(&folder(root))?;
    if statements.len() < FEWEST {
        bail!("the tests noted {} statements: fewer than {FEWEST} are not all of them", statements.len());
    }
    let database = Database::start(root)?;
    // This table of the server records the steps, and exists before the first of them.
    succeed(database.psql(root).args(["-q", "-c", "create table migration (name text primary key)"]))?;
    for migration in migrations(root)? {
        succeed(database.psql(root).args(["-q", "-v", "ON_ERROR_STOP=1", "-1", "-f"]).arg(migration))?;
    }
    // Each statement is on a line of its own, so that the line number in an error is that of the statement.
    let script: String = (1..).zip(&statements).map(|(n, sql)| format!("prepare s{n} as {sql};\n")).collect();
    let file = target(root).join("statements.sql");
    fs::write(&file, script)?;
    let answer = database.psql(root).arg("-q").arg("-f").arg(&file).output().context("psql")?;
    let said = String::from_utf8_lossy(&answer.stderr);
    if said.contains("ERROR") || !answer.status.success() {
        bail!("PostgreSQL does not take every statement of {}:\n{said}", file.display());
    }
    println!("PostgreSQL prepares all {} statements", statements.len());
    Ok(())
}

/// Returns the statements of all processes, each once.
fn noted(folder: &Path) -> Result<BTreeSet<String>> {
    let mut statements = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let lines = fs::read_to_string(entry?.path())?;
        for line in lines.lines() {
            statements.insert(serde_json::from_str(line).with_context(|| line.to_owned())?);
        }
    }
    Ok(statements)
}

fn migrations(root: &Path) -> Result<BTreeSet<PathBuf>> {
    let entries = fs::read_dir(root.join(MIGRATIONS)).context(MIGRATIONS)?;
    Ok(entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?)
}

/// A database in a temporary folder with a socket in it. It ends when this value is dropped.
struct Database {
    folder: PathBuf,
    programs: PathBuf,
    as_user: bool,
}

impl Database {
    fn start(root: &Path) -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let as_user = output(program(root, "id").arg("-u"))?.trim() == "0";
        // The path of a socket is limited to about a hundred letters, and that of the checkout may be longer.
        let folder = output(program(root, "mktemp").args(["--directory", "--tmpdir", "akkoord-postgres.XXXXXX"]))?;
        let folder = PathBuf::from(folder.trim());
        if as_user {
            succeed(program(root, "chown").arg(USER).arg(&folder))?;
        }
        let database = Self { folder, programs, as_user };
        let (data, log) = (database.folder.join("data"), database.folder.join("log"));
        let initdb = ["--auth=trust", "--username=akkoord", "--encoding=UTF8", "--no-sync"];
        output(database.run("initdb").args(initdb).arg("--pgdata").arg(&data))?;
        let options = format!("-k {} -c listen_addresses= -c fsync=off", database.folder.display());
        let mut start = database.run("pg_ctl");
        output(
            start
                .args(["start", "--wait", "--silent", "--options", &options, "--pgdata"])
                .arg(&data)
                .arg("--log")
                .arg(&log),
        )?;
        Ok(database)
    }

    /// Returns a command for one of PostgreSQL's programs, which never runs as root.
    fn run(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        if !self.as_user {
            return program(&self.folder, path);
        }
        let mut command = program(&self.folder, "runuser");
        command.args(["-u", USER, "--"]).arg(path);
        command
    }

    fn psql(&self, root: &Path) -> Command {
        let mut command = program(root, self.programs.join("psql"));
        command.args(["--no-psqlrc", "--username=akkoord", "--dbname=postgres", "--host"]).arg(&self.folder);
        command
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let ended = succeed(
            self.run("pg_ctl").args(["stop", "--silent", "--mode=immediate", "--pgdata"]).arg(self.folder.join("data")),
        );
        if let Err(error) = ended.and_then(|()| Ok(fs::remove_dir_all(&self.folder)?)) {
            eprintln!("PostgreSQL in {} did not end: {error:#}", self.folder.display());
        }
    }
}
