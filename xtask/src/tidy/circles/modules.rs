//! A crate as the tree of its modules, with the file, the definitions and the imports of each.
//! It knows only what is written in the files, not what macros make of it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::visit::{self, Visit};

use super::File;

pub struct Crate {
    modules: Vec<Module>,
    /// Macros that the whole crate can call, with the module that defines each.
    macros: BTreeMap<String, usize>,
}

pub struct Module {
    file: String,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    items: BTreeSet<String>,
    pub imports: Vec<Import>,
    /// The contents of the module itself, without the modules inside.
    pub content: Vec<syn::Item>,
}

/// A name that a `use` imports.
pub struct Import {
    pub path: Vec<String>,
    /// The name by which it is known here; `*` for everything in a module.
    pub name: String,
    pub is_public: bool,
}

/// A name as it is written: `super::door::Door`.
pub struct Name {
    pub path: Vec<String>,
    /// True if it only re-exports what another module defines.
    pub is_public_use: bool,
}

/// The target of a path: a module, or something that this module defines.
#[derive(Clone, Copy)]
enum Found {
    Module(usize),
    Item(usize),
}

/// The maximum depth of re-exports; without it a ring of them would have no end.
const DEEPEST: usize = 20;

impl Crate {
    pub fn read(files: &[File], root: &str) -> Result<Self, String> {
        let mut this = Self { modules: Vec::new(), macros: BTreeMap::new() };
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        this.read_file(files, root, folder, None)?;
        Ok(this)
    }

    fn read_file(&mut self, files: &[File], path: &str, folder: &str, parent: Option<usize>) -> Result<usize, String> {
        let file = files.iter().find(|file| file.path == path).ok_or_else(|| format!("{path}: is not there"))?;
        let parsed = syn::parse_file(&file.text).map_err(|error| format!("{path}: {error}"))?;
        self.read_module(files, path, folder, parent, parsed.items)
    }

    fn read_module(
        &mut self,
        files: &[File],
        path: &str,
        folder: &str,
        parent: Option<usize>,
        content: Vec<syn::Item>,
    ) -> Result<usize, String> {
        let here = self.modules.len();
        let (items, children, imports) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
        self.modules.push(Module { file: path.to_owned(), parent, children, items, imports, content: Vec::new() });
        let mut own = Vec::new();
        for item in content {
            let syn::Item::Mod(module) = item else {
                self.note(here, &item);
                own.push(item);
                continue;
            };
            if is_for_tests(&module.attrs) {
                continue;
            }
            let name = module.ident.to_string();
            let inside = format!("{folder}/{name}");
            if let Some((_, content)) = module.content {
                let child = self.read_module(files, path, &inside, Some(here), content)?;
                self.modules[here].children.insert(name, child);
                continue;
            }
            let beside = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut places: Vec<_> =
                path_attributes(&module.attrs).iter().map(|place| format!("{beside}/{place}")).collect();
            if places.is_empty() {
                let usual = [format!("{inside}.rs"), format!("{inside}/mod.rs")];
                let there = usual.into_iter().find(|place| files.iter().any(|file| file.path == *place));
                places.push(there.unwrap_or_else(|| format!("{inside}.rs")));
            }
            for place in places {
                let child = self.read_file(files, &place, &inside, Some(here))?;
                self.modules[here].children.insert(name.clone(), child);
            }
        }
        let mut imports = Imports(Vec::new());
        own.iter().for_each(|item| imports.visit_item(item));
        self.modules[here].imports = imports.0;
        self.modules[here].content = own;
        Ok(here)
    }

    fn note(&mut self, here: usize, item: &syn::Item) {
        let name = match item {
            syn::Item::Const(item) => &item.ident,
            syn::Item::Enum(item) => &item.ident,
            syn::Item::Fn(item) => &item.sig.ident,
            syn::Item::Static(item) => &item.ident,
            syn::Item::Struct(item) => &item.ident,
            syn::Item::Trait(item) => &item.ident,
            syn::Item::Type(item) => &item.ident,
            syn::Item::Union(item) => &item.ident,
            syn::Item::Macro(item) => match &item.ident {
                Some(name) => {
                    self.macros.insert(name.to_string(), here);
                    name
                }
                None => return,
            },
            _ => return,
        };
        let name = name.to_string();
        self.modules[here].items.insert(name);
    }

    pub fn modules(&self) -> impl Iterator<Item = (usize, &Module)> {
        self.modules.iter().enumerate()
    }

    pub fn file(&self, module: usize) -> &str {
        &self.modules[module].file
    }

    /// Returns true if a module is somewhere inside another one.
    pub fn is_inside(&self, module: usize, other: usize) -> bool {
        std::iter::successors(self.modules[module].parent, |above| self.modules[*above].parent).any(|m| m == other)
    }

    /// Returns the module of this crate that defines what `name` means in the module `from`, and the part of
    /// the name that it defines: of `door::Door::new` it is `Door`.
    pub fn defined_in<'a>(&self, from: usize, name: &'a Name) -> Option<(usize, &'a str)> {
        (1..=name.path.len()).find_map(|length| match self.follow(from, &name.path[..length], DEEPEST)? {
            Found::Item(module) => Some((module, name.path[length - 1].as_str())),
            Found::Module(_) => None,
        })
    }

    fn follow(&self, from: usize, path: &[String], deepest: usize) -> Option<Found> {
        let deepest = deepest.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => Found::Module(0),
            "self" => Found::Module(from),
            "super" => Found::Module(self.modules[from].parent?),
            name => self.member(from, name, rest.is_empty(), deepest)?,
        };
        for (i, name) in rest.iter().enumerate() {
            let Found::Module(module) = at else { return Some(at) };
            at = match name.as_str() {
                "self" => at,
                "super" => Found::Module(self.modules[module].parent?),
                // A macro's results are not known by name, but belong to the module all the same.
                name => self.member(module, name, i + 1 == rest.len(), deepest).unwrap_or(Found::Item(module)),
            };
        }
        Some(at)
    }

    fn member(&self, module: usize, name: &str, is_last: bool, deepest: usize) -> Option<Found> {
        let deepest = deepest.checked_sub(1)?;
        let of = &self.modules[module];
        let child = of.children.get(name).map(|child| Found::Module(*child));
        let item = of.items.contains(name).then_some(Found::Item(module));
        let own = if is_last { item.or(child) } else { child.or(item) };
        own.or_else(|| {
            let named = of.imports.iter().filter(|import| import.name == name);
            named.filter_map(|import| self.follow_import(module, &import.path, deepest)).next()
        })
        .or_else(|| {
            let all = of.imports.iter().filter(|import| import.name == "*");
            all.filter_map(|import| match self.follow_import(module, &import.path, deepest)? {
                Found::Module(other) if other != module => self.member(other, name, is_last, deepest),
                _ => None,
            })
            .next()
        })
        .or_else(|| (is_last && module == 0).then(|| self.macros.get(name).map(|at| Found::Item(*at)))?)
    }

    /// Follows an import. A `use` of a name that it brings in itself (`use axum::axum`) is another crate's.
    fn follow_import(&self, module: usize, path: &[String], deepest: usize) -> Option<Found> {
        let first = path.first()?;
        let is_another_crate = !["crate", "self", "super"].contains(&first.as_str())
            && !self.modules[module].children.contains_key(first)
            && !self.modules[module].items.contains(first)
            && self.modules[module].imports.iter().all(|import| import.name != *first || import.path == path);
        if is_another_crate { None } else { self.follow(module, path, deepest) }
    }
}

/// Returns true if the attributes leave something out of all but tests.
pub fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let mut words = list.tokens.clone().into_iter();
        words.any(|word| matches!(word, TokenTree::Ident(word) if word == "test"))
    })
}

/// Returns the files that `#[path]` names, also those below a condition.
fn path_attributes(attributes: &[syn::Attribute]) -> Vec<String> {
    let mut places = Vec::new();
    for attribute in attributes {
        let mut is_path = attribute.path().is_ident("path");
        let tokens = match &attribute.meta {
            syn::Meta::List(list) if attribute.path().is_ident("cfg_attr") => list.tokens.clone(),
            meta => meta.to_token_stream(),
        };
        for token in tokens {
            match token {
                TokenTree::Ident(word) => is_path = word == "path",
                TokenTree::Literal(text) if is_path => {
                    places.extend(syn::parse_str::<syn::LitStr>(&text.to_string()).map(|text| text.value()));
                }
                _ => {}
            }
        }
    }
    places
}

struct Imports(Vec<Import>);

impl Imports {
    fn add(&mut self, path: &[String], tree: &syn::UseTree, is_public: bool) {
        let with = |name: &syn::Ident| path.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(part) => self.add(&with(&part.ident), &part.tree, is_public),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.add(path, tree, is_public)),
            syn::UseTree::Glob(_) => self.0.push(Import { path: path.to_vec(), name: "*".to_owned(), is_public }),
            syn::UseTree::Rename(part) => {
                self.0.push(Import { path: with(&part.ident), name: part.rename.to_string(), is_public });
            }
            syn::UseTree::Name(part) if part.ident == "self" => {
                let name = path.last().cloned().unwrap_or_default();
                self.0.push(Import { path: path.to_vec(), name, is_public });
            }
            syn::UseTree::Name(part) => {
                self.0.push(Import { path: with(&part.ident), name: part.ident.to_string(), is_public });
            }
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_public = !matches!(item.vis, syn::Visibility::Inherited);
        if item.leading_colon.is_none() && !is_for_tests(&item.attrs) {
            self.add(&[], &item.tree, is_public);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }
}
