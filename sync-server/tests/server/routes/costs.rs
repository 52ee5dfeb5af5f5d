//! Tests that each route is counted among the requests of a login as what it costs.

use super::table::TABLE;
use accounts::bucket::Kind;
use axum::http::Method;

/// What costs much has a small share of its own, also under a new address.
#[test]
fn each_route_is_counted_as_what_it_costs() {
    for (method, path, ..) in TABLE {
        let is_pack = path.contains("/evidence/") || path.contains("/bewijs/");
        let is_list = path.ends_with(".csv") || path.ends_with(".jsonl") || path.contains("/antwoorden/");
        // The example is the same for everybody.
        let is_export = is_list && !path.ends_with("/voorbeeld.csv") || path.ends_with("/documenten.zip");
        let expected = match *method {
            "patch" => Kind::Piece,
            "get" if is_pack => Kind::Pack,
            "get" | "post" if is_export => Kind::Export,
            "get" | "head" | "options" => Kind::Read,
            _ => Kind::Write,
        };
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        assert_eq!(Kind::of(&method, path), expected, "{method} {path}");
    }
}
