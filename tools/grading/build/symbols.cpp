#include "grading/build/symbols.hpp"

#include <cxxabi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <span>
#include <sstream>

#include "system/process.hpp"

namespace gradbook {
namespace {

bool undefined(char kind) { return kind == 'U'; }
bool strong(char kind) {
  return std::isupper(static_cast<unsigned char>(kind)) && kind != 'U' && kind != 'W' &&
         kind != 'V';
}

// "topological_sort" of "topological_sort(Node*)"
std::string bare(const std::string& name) {
  const std::string before = name.substr(0, name.find('('));
  const std::size_t colon = before.rfind("::");
  return colon == std::string::npos ? before : before.substr(colon + 2);
}

// Whether a demangled name is one of these, which are written as in module.toml: with or without
// the types of the arguments
bool is_among(const std::string& name, const std::vector<std::string>& functions) {
  for (const std::string& function : functions) {
    std::string wanted = function;
    if (wanted.starts_with("gradbook::")) wanted.erase(0, 10);
    const std::size_t at = name.find(wanted);
    if (at == std::string::npos) continue;
    const bool begins = at == 0 || name[at - 1] == ' ';
    const char after = at + wanted.size() < name.size() ? name[at + wanted.size()] : '(';
    if (begins && (after == '(' || after == '<' || after == '@')) return true;
  }
  return false;
}

}  // namespace

std::vector<Symbols> read_symbols(const std::vector<std::string>& nm,
                                  const std::vector<fs::path>& objects) {
  Command command{.arguments = nm};
  command.arguments.insert(command.arguments.end(), {"-g", "-P"});
  for (const fs::path& object : objects) command.arguments.push_back(object.string());
  command.output_cap = std::size_t{64} << 20;
  std::vector<Symbols> symbols(objects.size());
  std::istringstream lines(run(command).output);
  std::size_t at = 0;  // of several objects, each begins with a line of its own: "its/path.o:"
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(':')) {
      const auto found = std::ranges::find(objects, fs::path(line.substr(0, line.size() - 1)));
      if (found != objects.end()) at = static_cast<std::size_t>(found - objects.begin());
      continue;
    }
    std::istringstream fields(line);
    std::string name;
    char kind = 0;
    if (fields >> name >> kind) merge({{name, kind}}, symbols[at]);
  }
  return symbols;
}

void merge(const Symbols& from, Symbols& into) {
  for (const auto& [name, kind] : from) {
    char& known = into[name];
    if (known == 0 || undefined(known)) known = kind;
  }
}

std::string demangle(const std::string& symbol) {
  int status = 0;
  std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), std::free);
  std::string name = status == 0 ? text.get() : symbol;
  for (std::size_t at = 0; (at = name.find("gradbook::", at)) != std::string::npos;)
    name.erase(at, 10);
  // How a span says that its size is not known in advance, which nobody writes
  static const std::string kDynamic = fmt::format(", {}ul", std::dynamic_extent);
  for (std::size_t at = 0; (at = name.find(kDynamic, at)) != std::string::npos;)
    name.erase(at, kDynamic.size());
  return name;
}

std::vector<std::string> explain_link_failure(const std::string& id, const Symbols& student,
                                              const Symbols& expected, const Symbols& around) {
  std::vector<std::string> sentences;
  const auto defined_by = [](const Symbols& symbols, const std::string& name) {
    const auto found = symbols.find(name);
    return found != symbols.end() && !undefined(found->second);
  };

  // What the exercise must define, and does not
  for (const auto& [name, kind] : expected) {
    if (!strong(kind) || defined_by(student, name)) continue;
    const std::string wanted = demangle(name);
    std::string instead;
    for (const auto& [other, other_kind] : student) {
      if (strong(other_kind) && !expected.count(other) && bare(demangle(other)) == bare(wanted)) {
        const bool outside = other.find("8gradbook") == std::string::npos;
        instead = demangle(other) + (outside ? ", outside of namespace gradbook" : "");
      }
    }
    sentences.push_back(
        instead.empty()
            ? fmt::format("{} has no definition: was `{}` renamed?", id, wanted)
            : fmt::format("{} must define `{}`; your file defines `{}`", id, wanted, instead));
  }

  // What it defines although it is defined elsewhere
  for (const auto& [name, kind] : student) {
    if (strong(kind) && around.count(name) && strong(around.at(name))) {
      sentences.push_back(
          fmt::format("`{}` is defined by gradbook already: rename yours, or put it into an "
                      "anonymous namespace",
                      demangle(name)));
    }
  }

  // What it calls and nobody defines
  if (sentences.empty()) {
    for (const auto& [name, kind] : student) {
      const bool course = name.find("8gradbook") != std::string::npos;
      if (undefined(kind) && course && !defined_by(around, name)) {
        sentences.push_back(fmt::format("`{}` is called, but nothing defines it", demangle(name)));
      }
    }
  }
  return sentences;
}

std::vector<std::string> defined_by_both(const Symbols& one, const Symbols& other) {
  std::vector<std::string> names;
  for (const auto& [name, kind] : one) {
    if (const auto found = other.find(name);
        strong(kind) && found != other.end() && strong(found->second))
      names.push_back(demangle(name));
  }
  return names;
}

std::string forbidden_call(const Symbols& student, const std::vector<std::string>& forbidden) {
  for (const auto& [symbol, kind] : student) {
    if (strong(kind)) continue;  // what the file itself defines is no call
    const std::string name = demangle(symbol);
    if (is_among(name, forbidden)) return name;
  }
  return "";
}

std::vector<std::string> defined_among(const Symbols& symbols,
                                       const std::vector<std::string>& functions) {
  std::vector<std::string> mangled;
  for (const auto& [symbol, kind] : symbols) {
    if (strong(kind) && is_among(demangle(symbol), functions)) mangled.push_back(symbol);
  }
  return mangled;
}

}  // namespace gradbook
