//! The texts of the table of tax returns.

use storage::db::ReturnPhase;

ui::texts! {
    /// Texts of the table of tax returns.
    Returns {
        title: "Aangiften", "Returns";
        file_name: "aangiften", "returns";
        export: "Download CSV", "Download CSV";
        filter: "Filter op stand", "Filter by status";
        all: "Alle", "All";
        caption(year: i16): "Aangiften over {year}, wat het eerst klaar moet zijn bovenaan", "Returns of {year}, those due first on top";
        kind: "Soort", "Kind";
        all_kinds: "Soort: alle", "Kind: all";
        period: "Tijdvak", "Period";
        all_periods: "Tijdvak: alle", "Period: all";
        advisor: "Adviseur", "Advisor";
        everybody: "Adviseur: iedereen", "Advisor: everybody";
        apply: "Pas toe", "Apply";
        clear: "Wis", "Clear";
        due: "Uiterlijk", "Due";
        client: "Klant", "Client";
        number: "Nummer", "Number";
        taxpayer: "Belastingplichtige", "Taxpayer";
        tax_return: "Aangifte", "Return";
        phase: "Stand", "Status";
        postponed_until: "Uitstel tot", "Postponed until";
        postponed(day: &str): "uitstel tot {day}", "postponed until {day}";
        late: "te laat", "late";
        found(count: usize): "{count} aangiften", "{count} returns";
        empty: "Nog geen aangiften over dit jaar. U zet een aangifte klaar in het dossier van een klant.", "No returns of this year yet. You set out a return in a client’s dossier.";
        none_found: "Geen aangifte past bij deze keuze.", "No return fits this choice.";
        declined: "Niet akkoord", "Declined";
        to_approve: "Wacht op akkoord", "Waits for approval";
        to_file: "Klaar om te versturen", "Ready to file";
        for_information: "Ter informatie", "For information";
        filed: "Verstuurd", "Filed";
        part(given: u32, asked: u32): "{given} van {asked}", "{given} of {asked}";
    }
}

impl Returns {
    /// Returns the name of a phase.
    pub fn phase_name(self, phase: ReturnPhase) -> &'static str {
        match phase {
            ReturnPhase::Declined => self.declined(),
            ReturnPhase::ToApprove => self.to_approve(),
            ReturnPhase::ToFile => self.to_file(),
            ReturnPhase::ForInformation => self.for_information(),
            ReturnPhase::Filed => self.filed(),
        }
    }
}
