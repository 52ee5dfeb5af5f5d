//! Which data a function refers to, read from the relocations that the linker leaves in a module
//! (`--emit-relocs`; format: WebAssembly tool-conventions, Linking.md).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use anyhow::{Result, bail};
use wasmparser::{
    Data, DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry, SymbolInfo, TypeRef,
};

/// A stretch of memory with what it refers to.
struct Datum {
    addresses: Range<u32>,
    /// Numbers of other data.
    refers_to: BTreeSet<usize>,
    /// It is a `core::panic::Location`: read by nothing but a panic, which names no place when it is not there.
    is_location: bool,
}

/// The data of a linked module, and who refers to it.
pub struct Links {
    data: Vec<Datum>,
    /// By the mangled name of a function.
    of_functions: HashMap<String, BTreeSet<usize>>,
}

/// Offsets within the module's file.
struct Sections<'a> {
    code: usize,
    bodies: Vec<Range<usize>>,
    data: usize,
    segments: Vec<Data<'a>>,
    code_relocations: Vec<RelocationEntry>,
    data_relocations: Vec<RelocationEntry>,
    symbols: Vec<SymbolInfo<'a>>,
    names: HashMap<u32, &'a str>,
    imports: u32,
}

impl Links {
    /// Reads a module as the linker wrote it.
    pub fn read(linked: &[u8]) -> Result<Self> {
        let sections = sections(linked)?;
        let mut data = Vec::new();
        // Symbol → datum, and each datum's place in the file.
        let mut numbers = HashMap::new();
        let mut places = Vec::new();
        for (symbol, info) in sections.symbols.iter().enumerate() {
            let SymbolInfo::Data { symbol: Some(defined), .. } = info else { continue };
            // What is zero at the start stands in no segment.
            let Some(segment) = sections.segments.get(defined.index as usize) else { continue };
            if defined.size == 0 {
                continue;
            }
            let address = address(segment)? + defined.offset;
            let place = segment.range.end - segment.data.len() + defined.offset as usize;
            numbers.insert(symbol, data.len());
            places.push((place..place + defined.size as usize, data.len()));
            data.push(Datum {
                addresses: address..address + defined.size,
                refers_to: BTreeSet::new(),
                is_location: is_location(segment, defined.offset, defined.size)?,
            });
        }
        let target =
            |entry: &RelocationEntry| numbers.get(&(entry.index as usize)).copied().filter(|_| is_address(entry));

        let mut of_functions: HashMap<String, BTreeSet<usize>> = HashMap::new();
        let mut entries = sections.code_relocations.iter().peekable();
        for (number, body) in sections.bodies.iter().enumerate() {
            let name = sections.names.get(&(sections.imports + u32::try_from(number)?)).copied().unwrap_or_default();
            let refers = of_functions.entry(name.to_owned()).or_default();
            while let Some(entry) = entries.next_if(|entry| sections.code + (entry.offset as usize) < body.end) {
                refers.extend(target(entry));
            }
        }
        // Names of the same content may share a place: each of them then refers to what stands there.
        for entry in &sections.data_relocations {
            let at = sections.data + entry.offset as usize;
            let Some(target) = target(entry) else { continue };
            for (_, number) in places.iter().filter(|(place, _)| place.contains(&at)) {
                data[*number].refers_to.insert(target);
            }
        }
        Ok(Self { data, of_functions })
    }

    /// Whether the linker knew a function of this name.
    pub fn knows(&self, function: &str) -> bool {
        self.of_functions.contains_key(function)
    }

    /// Where the data stand that only functions outside of `first` refer to, in order and without overlaps.
    pub fn data_without(&self, first: &HashSet<&str>) -> Vec<Range<u32>> {
        let mut needed = vec![false; self.data.len()];
        let of_first = self.of_functions.iter().filter(|(name, _)| first.contains(name.as_str()));
        let mut open: Vec<usize> = of_first.flat_map(|(_, data)| data).copied().collect();
        while let Some(number) = open.pop() {
            if !self.data[number].is_location && !std::mem::replace(&mut needed[number], true) {
                open.extend(&self.data[number].refers_to);
            }
        }
        let (kept, left): (Vec<_>, Vec<_>) = self.data.iter().zip(needed).partition(|(_, needed)| *needed);
        let ranges =
            |data: Vec<(&Datum, bool)>| joined(data.into_iter().map(|(datum, _)| datum.addresses.clone()).collect());
        without(ranges(left), &ranges(kept))
    }
}

fn sections(linked: &[u8]) -> Result<Sections<'_>> {
    let mut found = Sections {
        code: 0,
        bodies: Vec::new(),
        data: 0,
        segments: Vec::new(),
        code_relocations: Vec::new(),
        data_relocations: Vec::new(),
        symbols: Vec::new(),
        names: HashMap::new(),
        imports: 0,
    };
    for payload in Parser::new(0).parse_all(linked) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    found.imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { range, .. } => found.code = range.start,
            Payload::CodeSectionEntry(body) => found.bodies.push(body.range()),
            Payload::DataSection(section) => {
                found.data = section.range().start;
                found.segments = section.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = part? {
                            found.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                        }
                    }
                }
                KnownCustom::Reloc(relocations) => {
                    let entries = relocations.entries().into_iter().collect::<Result<_, _>>()?;
                    match section.name() {
                        "reloc.CODE" => found.code_relocations = entries,
                        "reloc.DATA" => found.data_relocations = entries,
                        _ => {}
                    }
                }
                KnownCustom::Name(names) => {
                    for part in names {
                        let Name::Function(functions) = part? else { continue };
                        for function in functions {
                            let function = function?;
                            found.names.insert(function.index, function.name);
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    if found.code_relocations.is_empty() || found.symbols.is_empty() {
        bail!("the module was linked without --emit-relocs");
    }
    Ok(found)
}

/// Whether these are the address and length of a source file's name, a line and a column.
fn is_location(segment: &Data, offset: u32, size: u32) -> Result<bool> {
    let word = |at: u32| segment.data.get(at as usize..at as usize + 4).and_then(|word| word.try_into().ok());
    let (Some(name), Some(length)) = (word(offset).map(u32::from_le_bytes), word(offset + 4).map(u32::from_le_bytes))
    else {
        return Ok(false);
    };
    let start = name.wrapping_sub(address(segment)?) as usize;
    let name = segment.data.get(start..start.saturating_add(length as usize));
    Ok(size == 16 && name.is_some_and(|name| name.ends_with(b".rs")))
}

/// Whether the entry stands for an address in memory, and not for a function, a type or a table.
fn is_address(entry: &RelocationEntry) -> bool {
    use wasmparser::RelocationType::{
        MemoryAddrI32, MemoryAddrLeb, MemoryAddrLocrelI32, MemoryAddrRelSleb, MemoryAddrSleb,
    };
    matches!(entry.ty, MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32 | MemoryAddrRelSleb | MemoryAddrLocrelI32)
}

fn address(segment: &Data) -> Result<u32> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else { bail!("a segment without an address") };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => bail!("a segment with an address that is worked out"),
    }
}

fn joined(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// `ranges` without what is in `taken`; both in order and without overlaps.
fn without(ranges: Vec<Range<u32>>, taken: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut left = Vec::new();
    for range in ranges {
        let mut start = range.start;
        for taken in taken.iter().filter(|taken| taken.start < range.end && taken.end > range.start) {
            if taken.start > start {
                left.push(start..taken.start);
            }
            start = start.max(taken.end);
        }
        if start < range.end {
            left.push(start..range.end);
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::{joined, without};

    #[test]
    fn ranges_that_touch_or_overlap_become_one() {
        assert_eq!(joined(vec![8..12, 0..4, 4..6, 10..14]), [0..6, 8..14]);
    }

    #[test]
    fn what_is_needed_is_cut_out_of_what_is_left() {
        assert_eq!(without(vec![0..10, 20..30], &[2..4, 8..22, 40..50]), [0..2, 4..8, 22..30]);
        assert_eq!(without(vec![0..10, 20..30], &[0..10, 20..30]), []);
    }
}
