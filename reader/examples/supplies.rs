//! Writes the files that documents may need and do not bring along into a folder: `supplies FOLDER`. The build calls it.

use hayro_cmap::{CMapName, load_embedded};
use hayro_font::StandardFont;
use std::path::PathBuf;
use std::{env, fs, io};

const FONTS: [StandardFont; 14] = [
    StandardFont::Helvetica,
    StandardFont::HelveticaBold,
    StandardFont::HelveticaOblique,
    StandardFont::HelveticaBoldOblique,
    StandardFont::Courier,
    StandardFont::CourierBold,
    StandardFont::CourierOblique,
    StandardFont::CourierBoldOblique,
    StandardFont::TimesRoman,
    StandardFont::TimesBold,
    StandardFont::TimesItalic,
    StandardFont::TimesBoldItalic,
    StandardFont::ZapfDingBats,
    StandardFont::Symbol,
];

/// The CMaps that PDF names (ISO 32000-1, table 118), and those from characters to Unicode.
const CMAPS: &str = "83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V \
    Adobe-CNS1-UCS2 Adobe-GB1-UCS2 Adobe-Japan1-UCS2 Adobe-Korea1-UCS2 B5pc-H B5pc-V CNS-EUC-H CNS-EUC-V ETen-B5-H \
    ETen-B5-V ETenms-B5-H ETenms-B5-V EUC-H EUC-V Ext-RKSJ-H Ext-RKSJ-V GB-EUC-H GB-EUC-V GBK-EUC-H GBK-EUC-V GBK2K-H \
    GBK2K-V GBKp-EUC-H GBKp-EUC-V GBpc-EUC-H GBpc-EUC-V H HKscs-B5-H HKscs-B5-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H \
    KSCms-UHC-HW-H KSCms-UHC-HW-V KSCms-UHC-V KSCpc-EUC-H UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V \
    UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V UniJIS-UCS2-H UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V \
    UniJIS-UCS2-V UniJIS-UTF16-H UniJIS-UTF16-V UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V V";

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).ok_or(io::ErrorKind::InvalidInput)?);
    for font in FONTS {
        let (data, _) = font.get_font_data();
        fs::write(folder.join(format!("{}.pfb", font.postscript_name())), (*data).as_ref())?;
    }
    let mut packed = Vec::new();
    for name in CMAPS.split_ascii_whitespace() {
        // The few that these crates leave out are not missed: no document asks a reader for them without a font.
        let Some(cmap) = load_embedded(CMapName::from_bytes(name.as_bytes())) else { continue };
        packed.push(u8::try_from(name.len()).map_err(io::Error::other)?);
        packed.extend_from_slice(name.as_bytes());
        packed.extend_from_slice(&u32::try_from(cmap.len()).map_err(io::Error::other)?.to_be_bytes());
        packed.extend_from_slice(cmap);
    }
    fs::write(folder.join("cmaps.bin"), packed)
}
