//! The import graph of the source files.
//!
//! Edges are `use` declarations and paths in code, each resolved to the file that
//! defines the name: a re-export is followed, and `mod x;` is no import. Code
//! under `#[cfg(test)]` is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::once;

use crate::source::Source;
use crate::tokens::{Token, is_name, tokens, without_tests};

/// A module by its path from the crate root.
type Path = Vec<String>;

/// An import of one file by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) from: String,
    pub(crate) to: String,
    /// The line of the first import, from 1.
    pub(crate) line: usize,
}

impl Edge {
    /// Whether a module imports from one that contains it.
    pub(crate) fn is_to_parent(&self) -> bool {
        let folder = self.to.trim_end_matches(".rs");
        self.from.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
    }
}

/// A `use` declaration of one name.
struct Import {
    path: Path,
    /// The name that it binds.
    name: String,
    line: usize,
    public: bool,
}

/// A file as a module.
struct Module {
    file: String,
    imports: Vec<Import>,
    /// Paths in code, with their lines.
    paths: Vec<(Path, usize)>,
    /// How often each identifier occurs outside of `use` declarations.
    identifiers: BTreeMap<String, usize>,
    functions: BTreeSet<String>,
}

/// All modules of the crate.
pub(crate) struct Graph(BTreeMap<Path, Module>);

/// What a path names.
enum Target {
    Module(Path),
    /// An item that this file defines.
    Item(String),
}

impl Graph {
    pub(crate) fn of(sources: &[Source]) -> Self {
        let modules = sources.iter().filter_map(|it| {
            let name = it.path.strip_prefix("src/")?.strip_suffix(".rs")?;
            let path = match name {
                "main" => return None,
                "lib" => Vec::new(),
                _ => name.split('/').map(str::to_owned).collect(),
            };
            Some((path, Module::read(it)))
        });
        Self(modules.collect())
    }

    /// All imports between two files, each pair once.
    pub(crate) fn edges(&self) -> Vec<Edge> {
        let mut edges: Vec<Edge> = Vec::new();
        for (path, module) in &self.0 {
            let used = |it: &&Import| !it.public || module.identifiers.contains_key(&it.name);
            let imports = module.imports.iter().filter(used).map(|it| (&it.path, it.line));
            for (segments, line) in imports.chain(module.paths.iter().map(|(it, line)| (it, *line)))
            {
                let to = match self.resolve(path, segments, 0) {
                    Some(Target::Module(it)) => self.0[&it].file.clone(),
                    Some(Target::Item(file)) => file,
                    None => continue,
                };
                let from = module.file.clone();
                if from != to && !edges.iter().any(|it| it.from == from && it.to == to) {
                    edges.push(Edge { from, to, line });
                }
            }
        }
        edges
    }

    /// What a path names that is used in a module; none if outside of the crate.
    fn resolve(&self, base: &[String], segments: &[String], depth: usize) -> Option<Target> {
        let (first, rest) = segments.split_first()?;
        match first.as_str() {
            "crate" => self.walk(Vec::new(), rest, depth),
            "self" => self.walk(base.to_vec(), rest, depth),
            "super" => {
                let supers = rest.iter().take_while(|it| *it == "super").count();
                let parent = base.len().checked_sub(supers + 1)?;
                self.walk(base[..parent].to_vec(), &rest[supers..], depth)
            }
            _ => {
                let child = self.0.contains_key(&join(base, first));
                let import = self.0[base].imports.iter().any(|it| it.name == *first);
                (child || import).then(|| self.walk(base.to_vec(), segments, depth)).flatten()
            }
        }
    }

    fn walk(&self, at: Path, rest: &[String], depth: usize) -> Option<Target> {
        let Some((name, after)) = rest.split_first() else { return Some(Target::Module(at)) };
        let module = self.0.get(&at)?;
        let child = join(&at, name);
        // A module and a function of one name: a path to the function ends here.
        let function = after.is_empty() && module.functions.contains(name);
        if self.0.contains_key(&child) && !function {
            return self.walk(child, after, depth);
        }
        let import = module.imports.iter().find(|it| it.name == *name && it.path != [name.clone()]);
        match import {
            Some(import) if depth < 8 => match self.resolve(&at, &import.path, depth + 1) {
                Some(Target::Module(it)) => self.walk(it, after, depth + 1),
                found => found,
            },
            _ => Some(Target::Item(module.file.clone())),
        }
    }
}

fn join(path: &[String], name: &str) -> Path {
    path.iter().cloned().chain(once(name.to_owned())).collect()
}

impl Module {
    fn read(source: &Source) -> Self {
        let tokens = without_tests(tokens(&source.text));
        let mut module = Self {
            file: source.path.clone(),
            imports: Vec::new(),
            paths: Vec::new(),
            identifiers: BTreeMap::new(),
            functions: BTreeSet::new(),
        };
        let text = |at: usize| tokens.get(at).map_or("", |it| &*it.0);
        let mut at = 0;
        while at < tokens.len() {
            let line = tokens[at].1;
            match text(at) {
                "use" if is_name(text(at + 1)) || matches!(text(at + 1), ":" | "{") => {
                    let public = at > 0 && matches!(text(at - 1), "pub" | ")");
                    at += 1;
                    let mut found = Vec::new();
                    tree(&tokens, &mut at, &mut Vec::new(), &mut found);
                    let import = |(path, name)| Import { path, name, line, public };
                    module.imports.extend(found.into_iter().map(import));
                }
                "mod" => at += 2,
                name if is_name(name) => {
                    if at > 0 && text(at - 1) == "fn" {
                        module.functions.insert(name.to_owned());
                    }
                    *module.identifiers.entry(name.to_owned()).or_default() += 1;
                    let mut path = vec![name.to_owned()];
                    while text(at + 1) == ":" && text(at + 2) == ":" && is_name(text(at + 3)) {
                        path.push(text(at + 3).to_owned());
                        at += 3;
                    }
                    if path.len() > 1 {
                        module.paths.push((path, line));
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
        module
    }
}

/// Reads a tree of imports into paths and the names that they bind.
fn tree(tokens: &[Token], at: &mut usize, prefix: &mut Path, found: &mut Vec<(Path, String)>) {
    let own = prefix.len();
    loop {
        match tokens.get(*at).map(|it| &*it.0) {
            Some(":") => *at += 1,
            Some("{") => {
                *at += 1;
                while tokens[*at].0 != "}" {
                    tree(tokens, at, prefix, found);
                    *at += usize::from(tokens[*at].0 == ",");
                }
                *at += 1;
                break;
            }
            Some("*") => {
                *at += 1;
                found.push((prefix.clone(), String::new()));
                break;
            }
            Some(name) if is_name(name) => {
                prefix.push(name.to_owned());
                *at += 1;
                if tokens[*at].0 == ":" {
                    continue;
                }
                let mut bound = name.to_owned();
                if tokens[*at].0 == "as" {
                    bound.clone_from(&tokens[*at + 1].0);
                    *at += 2;
                }
                if name == "self" {
                    prefix.pop();
                    bound = prefix.last().cloned().unwrap_or_default();
                }
                found.push((prefix.clone(), bound));
                break;
            }
            _ => break,
        }
    }
    prefix.truncate(own);
}
