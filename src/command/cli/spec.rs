//! What a command, its options and their values are, as data.

use clap::builder::ValueParser;

use super::trust::TrustNeed;
use crate::callback::Lang;
use crate::callback::lang::Localized;

/// A command.
#[derive(Debug)]
#[must_use]
pub struct CommandSpec {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: Localized,
    /// More about it, for `--help`.
    pub details: Option<Localized>,
    /// Its options and arguments.
    pub groups: &'static [&'static OptionGroup],
    /// Its own commands.
    pub commands: &'static [CommandSpec],
}

impl CommandSpec {
    /// A command without options.
    pub const fn new(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self { name, about: Localized::new(en, zh), details: None, groups: &[], commands: &[] }
    }

    /// Adds a paragraph for `--help`.
    pub const fn details(mut self, en: &'static str, zh: &'static str) -> Self {
        self.details = Some(Localized::new(en, zh));
        self
    }

    /// Adds options.
    pub const fn groups(mut self, groups: &'static [&'static OptionGroup]) -> Self {
        self.groups = groups;
        self
    }

    /// Adds commands, one of which is required unless the command has options.
    pub const fn commands(mut self, commands: &'static [CommandSpec]) -> Self {
        self.commands = commands;
        self
    }

    /// The options, in the order of their groups.
    pub fn options(&self) -> impl Iterator<Item = &'static OptionSpec> + Clone + use<> {
        self.groups.iter().flat_map(|it| it.options)
    }

    /// The arguments, or the options, that only this command has.
    pub fn own(&self, is_argument: bool) -> impl Iterator<Item = &'static OptionSpec> + use<> {
        let groups = self.groups.iter().filter(|it| it.heading.is_none());
        groups.flat_map(|it| it.options).filter(move |it| it.is_argument() == is_argument)
    }
}

/// Options under the same heading.
#[derive(Debug)]
pub struct OptionGroup {
    /// The heading; `None` for those that only one command has.
    pub heading: Option<Localized>,
    /// The options.
    pub options: &'static [OptionSpec],
}

/// How an option is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// `--name`.
    Flag,
    /// `--name VALUE`.
    Value,
    /// `--name VALUE`, any number of times.
    Values,
    /// `--name VALUE OTHER`, any number of times, with the name of the other value.
    Pairs(&'static str),
    /// An argument without a name.
    Argument,
    /// Any number of arguments.
    Arguments,
}

/// What the value of an option can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nameable {
    /// Nothing.
    Nothing,
    /// A file.
    File(FileContent),
    /// Filters of config files, as `@NAME`.
    Filter,
}

/// What is in a file that a setting names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileContent {
    /// The callback token.
    Token,
    /// Rules.
    Rules,
    /// A certificate with its chain.
    Certificate,
    /// The private key of the certificate.
    Key,
    /// CAs.
    Authorities,
    /// A recording, which is written.
    Recording,
}

/// An option or an argument.
#[derive(Debug)]
#[must_use]
pub struct OptionSpec {
    /// The long name without `--`; that of an argument is not written.
    pub name: &'static str,
    /// How it is written.
    pub kind: OptionKind,
    /// What stands for the value in the help.
    pub value_name: &'static str,
    /// Makes the parser of its values; errors are in this language.
    pub parser: fn(Lang) -> ValueParser,
    /// What it does.
    pub help: Localized,
    /// More about it, for `--help`.
    pub details: Option<Localized>,
    /// The environment variable that has a value if the option is not given.
    pub variable: Option<&'static str>,
    /// Whether a project's file may set it; `None` for what no file of settings has.
    pub trust: Option<TrustNeed>,
    /// The value if none is given.
    pub default: Option<&'static str>,
    /// Whether it must be given.
    pub is_required: bool,
    /// What its value can name.
    pub names: Nameable,
    /// Whether its value may begin with `-` and a digit.
    pub may_be_negative: bool,
    /// Options that must be given beside it.
    pub requires: &'static [&'static str],
    /// Options that must not be given beside it.
    pub conflicts: &'static [&'static str],
}

impl OptionSpec {
    const fn new(
        name: &'static str,
        kind: OptionKind,
        value_name: &'static str,
        parser: fn(Lang) -> ValueParser,
    ) -> Self {
        Self {
            name,
            kind,
            value_name,
            parser,
            help: Localized::new("", ""),
            details: None,
            variable: None,
            trust: None,
            default: None,
            is_required: false,
            names: Nameable::Nothing,
            may_be_negative: false,
            requires: &[],
            conflicts: &[],
        }
    }

    /// `--name`; an environment variable has `true` or `false`.
    pub const fn flag(name: &'static str) -> Self {
        Self::new(name, OptionKind::Flag, "", super::parser::switch)
    }

    /// `--name VALUE`.
    pub const fn value(
        name: &'static str,
        value_name: &'static str,
        parser: fn(Lang) -> ValueParser,
    ) -> Self {
        Self::new(name, OptionKind::Value, value_name, parser)
    }

    /// `--name FILE`.
    pub const fn file(name: &'static str, content: FileContent) -> Self {
        let it = Self::value(name, "FILE", super::parser::file);
        Self { names: Nameable::File(content), ..it }
    }

    /// A filter, in which `@NAME` is one of config files; `builder` makes its parser.
    pub const fn filter(name: &'static str, value_name: &'static str) -> Self {
        let it = Self::value(name, value_name, super::parser::text);
        Self { names: Nameable::Filter, ..it }
    }

    /// `--name VALUE`, any number of times.
    pub const fn values(
        name: &'static str,
        value_name: &'static str,
        parser: fn(Lang) -> ValueParser,
    ) -> Self {
        Self::new(name, OptionKind::Values, value_name, parser)
    }

    /// `--name VALUE OTHER`, any number of times.
    pub const fn pairs(
        name: &'static str,
        [value_name, other]: [&'static str; 2],
        parser: fn(Lang) -> ValueParser,
    ) -> Self {
        Self::new(name, OptionKind::Pairs(other), value_name, parser)
    }

    /// An argument without a name.
    pub const fn argument(
        name: &'static str,
        value_name: &'static str,
        parser: fn(Lang) -> ValueParser,
    ) -> Self {
        Self::new(name, OptionKind::Argument, value_name, parser)
    }

    /// Any number of arguments without a name.
    pub const fn arguments(
        name: &'static str,
        value_name: &'static str,
        parser: fn(Lang) -> ValueParser,
    ) -> Self {
        Self::new(name, OptionKind::Arguments, value_name, parser)
    }

    /// Says what it does.
    pub const fn help(mut self, en: &'static str, zh: &'static str) -> Self {
        self.help = Localized::new(en, zh);
        self
    }

    /// Says more, for `--help`.
    pub const fn details(mut self, en: &'static str, zh: &'static str) -> Self {
        self.details = Some(Localized::new(en, zh));
        self
    }

    /// It is a setting: also read from a variable, and from files of settings.
    pub const fn variable(self, name: &'static str, trust: TrustNeed) -> Self {
        Self { variable: Some(name), ..self }.in_file(trust)
    }

    /// Also read from files of settings.
    pub const fn in_file(mut self, trust: TrustNeed) -> Self {
        self.trust = Some(trust);
        self
    }

    /// The value if none is given.
    pub const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    /// It must be given.
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Its value may be a negative number.
    pub const fn negative(mut self) -> Self {
        self.may_be_negative = true;
        self
    }

    /// It needs others.
    pub const fn requires(mut self, names: &'static [&'static str]) -> Self {
        self.requires = names;
        self
    }

    /// It excludes others.
    pub const fn conflicts(mut self, names: &'static [&'static str]) -> Self {
        self.conflicts = names;
        self
    }

    /// Whether it has no name on the command line.
    pub const fn is_argument(&self) -> bool {
        matches!(self.kind, OptionKind::Argument | OptionKind::Arguments)
    }
}
