//! Splits the app's wasm in two: what runs until the first screen can be used, and the rest, which
//! comes after it. Nothing in the app's source says what belongs where: a profile of real starts does
//! ([`profile`]).
//!
//! A function of the rest that the first part refers to has a *stub* there: it calls through a table
//! that the rest fills when it arrives. Called before, the stub has the rest brought at once, and the
//! app waits. So a wrong profile makes a start slower, and nothing else.
//!
//! The first part exports a global whose name is that of the rest's file, which names the rest's
//! content: a part never meets another build's.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use walrus::ir::{self, Value, Visitor};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, Function, FunctionBuilder, FunctionId, FunctionKind,
    GlobalId, GlobalKind, Import, ImportKind, ImportedFunction, MemoryId, Module, ModuleConfig, RefType, TableId,
    ValType,
};

mod links;
mod profile;

use links::Links;
pub use profile::{PROFILE, Profile, instrument, train};

/// How the module is compiled: names that say which instance of a generic function it is, and the
/// linker's relocations.
pub const FLAGS: &str = "-Csymbol-mangling-version=v0 -Clink-arg=--emit-relocs";

/// What the app calls to have the rest brought at once (app/src/platform/browser/rest.rs).
const BRING: &str = "bringRest";

/// What the module calls the script that wasm-bindgen wrote.
const BINDINGS: &str = "./app_bg.js";

/// What the rest calls the module that it belongs to.
const FIRST: &str = "first";

/// Bytes of data below which a stretch stays in the first part: moving it would cost more.
const SHORTEST: usize = 16;

/// Instructions up to which a function stays in the first part.
const SMALLEST: u64 = 20;

/// Both parts.
pub struct Parts {
    pub first: Vec<u8>,
    pub rest: Vec<u8>,
    /// Of the rest, without its ending.
    pub name: String,
    /// What JavaScript gives to the module: wasm-bindgen's long names for it, and those it has now.
    pub imports: HashMap<String, String>,
}

/// `linked` is what the linker wrote, with relocations; `bound` is what wasm-bindgen made of it, with
/// mangled names.
pub fn split(linked: &[u8], bound: &[u8], is_first: impl Fn(&str) -> bool) -> Result<Parts> {
    let links = Links::read(linked)?;
    let (mut first, mut rest) = (Side::parse(bound)?, Side::parse(bound)?);
    let later = later(&first.module, &links, is_first);
    let slots = slots(&first, &later);
    let stays = first.module.funcs.iter().enumerate().filter(|(at, _)| !later.contains(at));
    let data = links.data_without(&stays.filter_map(|(_, f)| f.name.as_deref()).collect());
    let data = take_data(&mut first.module, data)?;

    make_rest(&mut rest, &later, &slots, data)?;
    make_first(&mut first, &slots)?;
    export_to(&mut first, &rest.module)?;

    let rest = rest.module.emit_wasm();
    let name = format!("rest-{}", hex(&[bound, &rest]));
    first.module.exports.add(&name, first.arrived);
    walrus::passes::gc::run(&mut first.module);
    let imports = shorten_imports(&mut first.module);
    Ok(Parts { first: first.module.emit_wasm(), rest, name, imports })
}

fn shorten_imports(module: &mut Module) -> HashMap<String, String> {
    let of_bindings = module.imports.iter_mut().filter(|import| import.module == BINDINGS);
    let shorten = |(number, import): (usize, &mut Import)| {
        let short = format!("i{number}");
        (mem::replace(&mut import.name, short.clone()), short)
    };
    of_bindings.enumerate().map(shorten).collect()
}

/// A part while it is made. Both begin as the whole module, so what has the same place in it is the same.
struct Side {
    module: Module,
    functions: Vec<FunctionId>,
    /// For the functions of the rest that the first part refers to.
    table: TableId,
    /// Not 0 when the rest is there.
    arrived: GlobalId,
}

impl Side {
    fn parse(bound: &[u8]) -> Result<Self> {
        let mut config = ModuleConfig::new();
        let mut module = config.generate_name_section(false).generate_producers_section(false).parse(bound)?;
        for section in module.customs.iter().map(|(id, _)| id).collect::<Vec<_>>() {
            module.customs.delete(section);
        }
        let table = module.tables.add_local(false, 0, None, RefType::FUNCREF);
        let arrived = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
        let functions = module.funcs.iter().map(|f| f.id()).collect();
        Ok(Self { module, functions, table, arrived })
    }
}

/// The functions that belong to the rest, by their place in the module. What is exported stays: its
/// caller in JavaScript cannot wait. So does what is hardly larger than a stub, whatever the profile says,
/// and what wasm-bindgen made itself, of which the links know nothing.
fn later(module: &Module, links: &Links, is_first: impl Fn(&str) -> bool) -> HashSet<usize> {
    let exported: HashSet<_> = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function(id) => Some(id),
            _ => None,
        })
        .chain(module.start)
        .collect();
    let is_later = |f: &Function| {
        let name = f.name.as_deref().filter(|name| links.knows(name));
        let is_worth_it = matches!(&f.kind, FunctionKind::Local(local) if local.size() > SMALLEST);
        is_worth_it && !exported.contains(&f.id()) && name.is_some_and(|name| !is_first(name))
    };
    module.funcs.iter().enumerate().filter(|(_, f)| is_later(f)).map(|(at, _)| at).collect()
}

/// The functions of the rest that the first part refers to, in the order of their slots.
fn slots(first: &Side, later: &HashSet<usize>) -> Vec<usize> {
    struct Referred(HashSet<FunctionId>);
    impl Visitor<'_> for Referred {
        fn visit_function_id(&mut self, id: &FunctionId) {
            self.0.insert(*id);
        }
    }
    let mut referred = Referred(HashSet::new());
    for (_, id) in first.functions.iter().enumerate().filter(|(at, _)| !later.contains(at)) {
        if let FunctionKind::Local(function) = &first.module.funcs.get(*id).kind {
            ir::dfs_in_order(&mut referred, function, function.entry_block());
        }
    }
    for element in first.module.elements.iter() {
        if let ElementItems::Functions(functions) = &element.items {
            referred.0.extend(functions);
        }
    }
    let mut slots: Vec<_> = later.iter().copied().filter(|at| referred.0.contains(&first.functions[*at])).collect();
    slots.sort_unstable();
    slots
}

/// Takes these stretches of memory out of the first part's data.
fn take_data(first: &mut Module, ranges: Vec<Range<u32>>) -> Result<Vec<(u32, Vec<u8>)>> {
    let mut taken = Vec::new();
    let memory = first.get_memory_id()?;
    for id in first.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        let data = first.data.get(id);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else {
            bail!("a segment without an address");
        };
        let (start, value) = (start.cast_unsigned(), data.value.clone());
        let end = start + u32::try_from(value.len())?;
        let bytes = |range: &Range<u32>| value[(range.start - start) as usize..(range.end - start) as usize].to_vec();
        let mut kept = start;
        for range in ranges.iter().filter(|range| range.start >= start && range.end <= end && range.len() >= SHORTEST) {
            taken.push((range.start, bytes(range)));
            if range.start > kept {
                add_data(first, memory, kept, bytes(&(kept..range.start)));
            }
            kept = range.end;
        }
        if end > kept {
            add_data(first, memory, kept, bytes(&(kept..end)));
        }
        first.memories.get_mut(memory).data_segments.remove(&id);
        first.data.delete(id);
    }
    Ok(taken)
}

fn add_data(module: &mut Module, memory: MemoryId, address: u32, bytes: Vec<u8>) {
    let offset = ConstExpr::Value(Value::I32(address.cast_signed()));
    let id = module.data.add(DataKind::Active { memory, offset }, bytes);
    module.memories.get_mut(memory).data_segments.insert(id);
}

/// Stubs in place of what went to the rest; what nothing refers to any more goes altogether.
fn make_first(first: &mut Side, slots: &[usize]) -> Result<()> {
    let module = &mut first.module;
    let bring = module.exports.get_func(BRING).context("the app exports nothing that brings the rest")?;
    let mut ready = FunctionBuilder::new(&mut module.types, &[], &[]);
    ready.func_body().global_get(first.arrived).if_else(
        None,
        |_| {},
        |missing| {
            missing.call(bring);
        },
    );
    let ready = ready.finish(vec![], &mut module.funcs);

    let size = slots.len() as u64;
    let table = module.tables.get_mut(first.table);
    (table.initial, table.maximum) = (size, Some(size));
    for (slot, at) in slots.iter().enumerate() {
        let id = first.functions[*at];
        let ty = module.funcs.get(id).ty();
        let (params, results) = module.types.params_results(ty);
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut stub = FunctionBuilder::new(&mut module.types, &params, &results);
        let arguments: Vec<_> = params.iter().map(|param| module.locals.add(*param)).collect();
        let mut body = stub.func_body();
        body.call(ready);
        for argument in &arguments {
            body.local_get(*argument);
        }
        body.i32_const(i32::try_from(slot)?).call_indirect(ty, first.table);
        module.funcs.get_mut(id).kind = FunctionKind::Local(stub.local_func(arguments));
    }
    Ok(())
}

/// The rest has nothing of its own but its functions and their data. Arriving puts both in place.
fn make_rest(rest: &mut Side, later: &HashSet<usize>, slots: &[usize], data: Vec<(u32, Vec<u8>)>) -> Result<()> {
    let module = &mut rest.module;
    for export in module.exports.iter().map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(export);
    }
    module.start = None;
    let memory = module.get_memory_id()?;
    for id in module.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        module.data.delete(id);
    }
    for id in module.elements.iter().map(|element| element.id()).collect::<Vec<_>>() {
        module.elements.delete(id);
    }
    let size = slots.len() as u64;
    let table = module.tables.get_mut(rest.table);
    (table.initial, table.maximum) = (size, Some(size));
    import_from_first(rest, later);

    let module = &mut rest.module;
    let functions: Vec<_> = slots.iter().map(|at| rest.functions[*at]).collect();
    let elements = module.elements.add(ElementKind::Passive, ElementItems::Functions(functions));
    let bytes = data.iter().flat_map(|(_, bytes)| bytes).copied().collect();
    let segment = module.data.add(DataKind::Passive, bytes);
    let mut arrive = FunctionBuilder::new(&mut module.types, &[], &[]);
    let mut body = arrive.func_body();
    body.i32_const(0).i32_const(0).i32_const(i32::try_from(slots.len())?).table_init(rest.table, elements);
    let mut from = 0;
    for (address, bytes) in &data {
        let length = i32::try_from(bytes.len())?;
        body.i32_const(address.cast_signed()).i32_const(from).i32_const(length).memory_init(memory, segment);
        from += length;
    }
    body.i32_const(1).global_set(rest.arrived);
    let arrive = arrive.finish(vec![], &mut module.funcs);
    module.exports.add("arrive", arrive);
    walrus::passes::gc::run(module);
    Ok(())
}

/// All that is not the rest's own comes from the first part, named by its kind and its place in the module.
fn import_from_first(rest: &mut Side, later: &HashSet<usize>) {
    let Module { imports, funcs, tables, memories, globals, .. } = &mut rest.module;
    for (at, function) in funcs.iter_mut().enumerate().filter(|(at, _)| !later.contains(at)) {
        let (id, ty) = (function.id(), function.ty());
        if let FunctionKind::Import(old) = &function.kind {
            imports.delete(old.import);
        }
        let import = imports.add(FIRST, &format!("f{at}"), id);
        function.kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
    for (at, table) in tables.iter_mut().enumerate() {
        table.elem_segments.clear();
        table.import = Some(imports.add(FIRST, &format!("t{at}"), table.id()));
    }
    for (at, memory) in memories.iter_mut().enumerate() {
        memory.data_segments.clear();
        memory.import = Some(imports.add(FIRST, &format!("m{at}"), memory.id()));
    }
    for (at, id) in globals.iter().map(|global| global.id()).collect::<Vec<_>>().into_iter().enumerate() {
        globals.get_mut(id).kind = GlobalKind::Import(imports.add(FIRST, &format!("g{at}"), id));
    }
}

/// Exports from the first part what the rest imports of it.
fn export_to(first: &mut Side, rest: &Module) -> Result<()> {
    let module = &mut first.module;
    let tables: Vec<_> = module.tables.iter().map(|table| table.id()).collect();
    let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for import in rest.imports.iter() {
        let at: usize = import.name[1..].parse().context("the rest imports what is not of the first part")?;
        let item: ExportItem = match import.kind {
            ImportKind::Function(_) => first.functions[at].into(),
            ImportKind::Table(_) => tables[at].into(),
            ImportKind::Memory(_) => memories[at].into(),
            ImportKind::Global(_) => globals[at].into(),
            ImportKind::Tag(_) => bail!("the rest imports a tag"),
        };
        module.exports.add(&import.name, item);
    }
    Ok(())
}

/// The start of a hash over all of `contents`.
fn hex(contents: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    contents.iter().for_each(|content| hash.update(content));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
