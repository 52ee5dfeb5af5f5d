//! The texts about numbers of taxpayers.

use model::tax_number::NumberKind;

ui::texts! {
    /// Names of the numbers, and what is wrong with one.
    NumberWords {
        bsn: "BSN", "BSN";
        rsin: "RSIN", "RSIN";
        vat_id: "btw-id", "VAT ID";
        vat: "OB-nummer", "VAT return number";
        wage_tax: "LH-nummer", "wage tax number";
        bsn_wrong: "Dit BSN klopt niet. Een BSN heeft 9 cijfers; kijk ze na.", "This BSN is not right. A BSN has 9 digits; check them.";
        rsin_wrong: "Dit RSIN klopt niet. Een RSIN heeft 9 cijfers; kijk ze na.", "This RSIN is not right. An RSIN has 9 digits; check them.";
        vat_id_wrong: "Dit btw-id klopt niet. Het ziet eruit als NL123456782B01.", "This VAT ID is not right. It looks like NL123456782B01.";
        vat_wrong: "Dit OB-nummer klopt niet. Het ziet eruit als 123456782B01.", "This VAT return number is not right. It looks like 123456782B01.";
        wage_tax_wrong: "Dit LH-nummer klopt niet. Het ziet eruit als 123456782L01.", "This wage tax number is not right. It looks like 123456782L01.";
    }
    /// Texts of the part of a page that shows and changes numbers.
    Numbers {
        title: "Fiscale nummers", "Numbers of the tax authority";
        lead: "Aan deze nummers herkent Akkoord van wie een aangifte is. Ze zijn versleuteld opgeslagen; wie er een bekijkt, staat in het logboek.", "By these numbers Akkoord knows whose return it is. They are stored encrypted; who looks at one is in the log.";
        unknown: "niet bekend", "not known";
        show: "Toon", "Show";
        change: "Wijzig de nummers", "Change the numbers";
        known_hint: "leeg laten om het te houden", "leave empty to keep it";
        remove(kind: &str): "Verwijder het {kind}", "Remove the {kind}";
        save: "Bewaar de nummers", "Save the numbers";
        also_of(kind: &str, number: &str, client: &str): "Het {kind} staat ook bij klant {number}, {client}. Kijk na welke klopt.", "The {kind} is also that of client {number}, {client}. Check which is right.";
    }
}

impl NumberWords {
    /// Returns the name of a kind of number.
    pub fn name(self, kind: NumberKind) -> &'static str {
        match kind {
            NumberKind::Bsn => self.bsn(),
            NumberKind::Rsin => self.rsin(),
            NumberKind::VatId => self.vat_id(),
            NumberKind::Vat => self.vat(),
            NumberKind::WageTax => self.wage_tax(),
        }
    }

    /// Returns the sentence about a text that is no number of a kind.
    pub fn malformed(self, kind: NumberKind) -> &'static str {
        match kind {
            NumberKind::Bsn => self.bsn_wrong(),
            NumberKind::Rsin => self.rsin_wrong(),
            NumberKind::VatId => self.vat_id_wrong(),
            NumberKind::Vat => self.vat_wrong(),
            NumberKind::WageTax => self.wage_tax_wrong(),
        }
    }
}
