//! A ZIP file in which no byte can vary: parts stored one after the other in a
//! known order, without times, comments or extra fields. What is read is
//! written once more and compared.

/// The file is not exactly what [`write()`] makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a ZIP file of the one form")]
pub struct NotCanonical;

/// The code of 1 January 1980, which is the first day that ZIP knows.
const DAY: u16 = 0x21;
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// The flag that names are UTF-8 (APPNOTE 4.4.4, bit 11).
const FLAGS: u16 = 0x0800;

/// Writes a ZIP of parts, each with its name. Returns `None` if ZIP cannot hold them (4 GB).
pub fn write<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>) -> Option<Vec<u8>> {
    let (mut zip, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, bytes) in parts {
        let start = u32::try_from(zip.len()).ok()?;
        let size = u32::try_from(bytes.len()).ok()?;
        let length = u16::try_from(name.len()).ok()?;
        let crc = crc32fast::hash(bytes);
        zip.extend(LOCAL.to_le_bytes());
        let mut shared = Vec::new();
        for number in [20, FLAGS, 0, 0, DAY] {
            shared.extend(u16::to_le_bytes(number));
        }
        for number in [crc, size, size] {
            shared.extend(number.to_le_bytes());
        }
        for number in [length, 0] {
            shared.extend(number.to_le_bytes());
        }
        zip.extend(&shared);
        zip.extend(name.as_bytes());
        zip.extend(bytes);
        directory.extend(CENTRAL.to_le_bytes());
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&shared);
        // These are: no comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
        count = count.checked_add(1)?;
    }
    let start = u32::try_from(zip.len()).ok()?;
    let size = u32::try_from(directory.len()).ok()?;
    zip.extend(directory);
    zip.extend(END.to_le_bytes());
    for number in [0, 0, count, count] {
        zip.extend(number.to_le_bytes());
    }
    zip.extend(size.to_le_bytes());
    zip.extend(start.to_le_bytes());
    zip.extend([0; 2]);
    Some(zip)
}

/// Returns the parts of a ZIP that [`write()`] made.
pub fn read(zip: &[u8]) -> Result<Vec<(&str, &[u8])>, NotCanonical> {
    let (mut parts, mut rest) = (Vec::new(), zip);
    while rest.starts_with(&LOCAL.to_le_bytes()) {
        let number = |at: usize| Some(u32::from_le_bytes(rest.get(at..at + 4)?.try_into().ok()?) as usize);
        let size = number(18).ok_or(NotCanonical)?;
        let length = number(26).ok_or(NotCanonical)? & 0xffff;
        let body = rest.get(30..).ok_or(NotCanonical)?;
        let (name, body) = body.split_at_checked(length).ok_or(NotCanonical)?;
        let (bytes, after) = body.split_at_checked(size).ok_or(NotCanonical)?;
        parts.push((std::str::from_utf8(name).map_err(|_| NotCanonical)?, bytes));
        rest = after;
    }
    match write(parts.iter().copied()) {
        Some(again) if again == zip => Ok(parts),
        _ => Err(NotCanonical),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let parts: [(&str, &[u8]); 3] = [("a.txt", b"one"), ("b/c.bin", &[0; 40]), ("é", b"")];
        let zip = write(parts).unwrap();
        assert_eq!(read(&zip).unwrap(), parts);
        for at in 0..zip.len() {
            for bit in 0..8 {
                let mut other = zip.clone();
                other[at] ^= 1 << bit;
                assert!(read(&other).map_or(true, |read| read != parts), "byte {at}");
            }
            assert_eq!(read(&zip[..at]), Err(NotCanonical), "cut at {at}");
        }
        let mut longer = zip.clone();
        longer.push(0);
        assert_eq!(read(&longer), Err(NotCanonical));
    }
}
