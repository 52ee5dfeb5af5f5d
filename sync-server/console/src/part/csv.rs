//! Files for a spreadsheet: with a byte order mark by which Excel recognises UTF-8, with semicolons as Dutch
//! spreadsheets expect, and with lines ended as RFC 4180 says.

use accounts::error::ServerError;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// Returns the contents of a file with these rows, of which no cell runs as a formula.
pub fn contents<C: AsRef<str>>(rows: impl IntoIterator<Item = Vec<C>>) -> Result<Vec<u8>, ServerError> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        // A comma in a cell would begin another one in a program that expects commas, and that one could run.
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell.as_ref()))).map_err(ServerError::inner)?;
    }
    writer.into_inner().map_err(|failed| ServerError::inner(failed.into_error()))
}

/// Returns a file with these rows as the answer to a request.
pub fn file<C: AsRef<str>>(name: &str, rows: impl IntoIterator<Item = Vec<C>>) -> Result<Response, ServerError> {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, contents(rows)?).into_response())
}

/// Puts an apostrophe in front of a text that a spreadsheet would run as a formula (OWASP, CSV injection).
fn guarded(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if runs { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::contents;

    #[test]
    fn every_cell_is_quoted_and_never_runs() {
        let cases = [
            ("Jansen", "\"Jansen\""),
            ("Jansen; Bakker", "\"Jansen; Bakker\""),
            ("Piet,=1+1", "\"Piet,=1+1\""),
            ("De \"Kuiper\"", "\"De \"\"Kuiper\"\"\""),
            ("a;b\nc", "\"a;b\nc\""),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
            ("@som(A1;A2)", "\"'@som(A1;A2)\""),
            ("+31 30", "\"'+31 30\""),
            ("-Piet", "\"'-Piet\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
        ];
        for (text, expected) in cases {
            let file = contents([vec![text, "x"]]).unwrap();
            assert_eq!(String::from_utf8(file).unwrap(), format!("\u{feff}{expected};\"x\"\r\n"));
        }
    }

    #[test]
    fn rows_can_differ_in_length() {
        let file = contents([vec!["a", "b"], vec!["c"]]).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), "\u{feff}\"a\";\"b\"\r\n\"c\"\r\n");
    }
}
