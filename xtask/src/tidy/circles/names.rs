//! The names that each module of a crate uses: in paths, in imports, and in what it gives to macros.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::modules::{Crate, Name, is_for_tests};

/// Returns every name with the module that uses it.
pub fn names(of: &Crate) -> Vec<(usize, Name)> {
    let mut names = Vec::new();
    for (here, module) in of.modules() {
        let imports = module.imports.iter().filter(|import| import.name != "*");
        names.extend(imports.map(|import| (here, Name { path: import.path.clone(), is_public_use: import.is_public })));
        let mut paths = Paths(Vec::new());
        module.content.iter().for_each(|item| paths.visit_item(item));
        names.extend(paths.0.into_iter().map(|path| (here, Name { path, is_public_use: false })));
    }
    names
}

struct Paths(Vec<Vec<String>>);

impl Paths {
    /// Collects names from the arguments of a macro, which are no Rust yet: every row of words with `::` between
    /// them counts, except what is after a dot.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut colons, mut is_member) = (0, false);
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.end(&mut path);
                    }
                    if !is_member {
                        path.push(word.to_string());
                    }
                    (colons, is_member) = (0, false);
                }
                TokenTree::Punct(sign) => {
                    colons = if sign.as_char() == ':' && !path.is_empty() { colons + 1 } else { 0 };
                    is_member = sign.as_char() == '.';
                    if colons == 0 {
                        self.end(&mut path);
                    }
                }
                TokenTree::Group(group) => {
                    self.end(&mut path);
                    (colons, is_member) = (0, false);
                    self.tokens(group.stream());
                }
                TokenTree::Literal(_) => (colons, is_member) = (0, false),
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Vec<String>) {
        if !path.is_empty() {
            self.0.push(std::mem::take(path));
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.0.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, of: &'ast syn::Macro) {
        self.tokens(of.tokens.clone());
        visit::visit_macro(self, of);
    }

    fn visit_item_use(&mut self, _: &'ast syn::ItemUse) {}

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }
}
