//! Kinds of documents, in the words that people choose from.

use crate::text::Language;
use model::record::DocumentKind;

crate::texts! {
    /// Texts that name kinds of documents.
    KindText {
        annual_statement: "Jaaropgave loon, pensioen of uitkering", "Annual statement of wages, pension or benefit";
        bank_statement: "Jaaroverzicht bank of beleggingen", "Annual overview of a bank or investments";
        mortgage_statement: "Jaaroverzicht hypotheek of lening", "Annual overview of a mortgage or loan";
        property_value: "WOZ-beschikking", "WOZ decision";
        invoice: "Factuur of bon", "Invoice or receipt";
        tax_letter: "Brief van de Belastingdienst", "Letter from the tax authority";
        contract: "Contract, akte of uitspraak", "Contract, deed or judgment";
        other: "Iets anders", "Something else";
        about_year(year: i16): "over {year}", "about {year}";
    }
}

/// Returns the name of a kind of document.
pub fn kind(kind: DocumentKind, language: Language) -> &'static str {
    let t = KindText(language);
    match kind {
        DocumentKind::AnnualStatement => t.annual_statement(),
        DocumentKind::BankStatement => t.bank_statement(),
        DocumentKind::MortgageStatement => t.mortgage_statement(),
        DocumentKind::PropertyValue => t.property_value(),
        DocumentKind::Invoice => t.invoice(),
        DocumentKind::TaxLetter => t.tax_letter(),
        DocumentKind::Contract => t.contract(),
        DocumentKind::Other => t.other(),
    }
}

/// Returns the kind of a document and the other year it is about, if somebody gave either, such as `WOZ-beschikking,
/// over 2023`.
pub fn said(of: Option<DocumentKind>, year: Option<i16>, language: Language) -> Option<String> {
    let parts = [of.map(|k| kind(k, language).to_owned()), year.map(|y| KindText(language).about_year(y))];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
