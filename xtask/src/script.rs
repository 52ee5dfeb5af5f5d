//! What a build does to the texts of its scripts and style sheets.

use std::fs;
use std::iter;
use std::path::Path;

use anyhow::{Result, bail};

use crate::precache;

/// Another text in the one place where a script has this one.
pub fn replace(script: &Path, place: &str, with: &str) -> Result<()> {
    let text = fs::read_to_string(script)?;
    if text.matches(place).count() != 1 {
        bail!("{} has no single place {place}", script.display());
    }
    fs::write(script, text.replace(place, with))?;
    Ok(())
}

/// Scripts and style sheets are downloaded without what is said about them.
pub fn strip_comments(out: &Path) -> Result<()> {
    for name in precache::files(out)? {
        let path = out.join(&name);
        let stripped = match path.extension().and_then(|ending| ending.to_str()) {
            Some("js") => without_comment_lines(&fs::read_to_string(&path)?),
            Some("css") => without_comments(&fs::read_to_string(&path)?),
            _ => continue,
        };
        fs::write(&path, stripped)?;
    }
    Ok(())
}

/// A script without the lines that hold nothing but a comment.
fn without_comment_lines(script: &str) -> String {
    let is_comment = |line: &&str| {
        let line = line.trim();
        line.starts_with("//") || (line.starts_with("/**") && line.ends_with("*/"))
    };
    script.split_inclusive('\n').filter(|line| !is_comment(line)).collect()
}

/// A style sheet without comments; none of ours has the signs of one in a string.
fn without_comments(style: &str) -> String {
    let mut parts = style.split("/*");
    let first = parts.next().unwrap_or_default();
    iter::once(first).chain(parts.map(|part| part.split_once("*/").map_or("", |(_, style)| style))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out_and_code_is_not() {
        let script = "// Says what.\nlet a = 1; // why\n  /** How. */\nconst at = `http://${a}`;\n";
        assert_eq!(without_comment_lines(script), "let a = 1; // why\nconst at = `http://${a}`;\n");
        assert_eq!(without_comments("/* One */a { b: c; }\n/* and\nmore */\nd { }"), "a { b: c; }\n\nd { }");
    }
}
