#include "grading/build/symbols.hpp"

#include <cxxabi.h>
#include <fmt/format.h>

#include <cctype>
#include <cstdlib>
#include <memory>
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

}  // namespace

Symbols read_symbols(const std::vector<std::string>& nm, const std::vector<fs::path>& objects) {
  Command command{.arguments = nm};
  command.arguments.insert(command.arguments.end(), {"-g", "-P"});
  for (const fs::path& object : objects) command.arguments.push_back(object.string());
  command.output_cap = std::size_t{64} << 20;
  Symbols symbols;
  std::istringstream lines(run(command).output);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string name;
    char kind = 0;
    if (!(fields >> name >> kind)) continue;
    char& known = symbols[name];
    if (known == 0 || undefined(known)) known = kind;  // a definition anywhere outweighs a request
  }
  return symbols;
}

std::string demangle(const std::string& symbol) {
  int status = 0;
  std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), std::free);
  std::string name = status == 0 ? text.get() : symbol;
  for (std::size_t at = 0; (at = name.find("gradbook::", at)) != std::string::npos;)
    name.erase(at, 10);
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
    for (const std::string& function : forbidden) {
      std::string wanted = function;
      if (wanted.starts_with("gradbook::")) wanted.erase(0, 10);
      const std::size_t at = name.find(wanted);
      if (at == std::string::npos) continue;
      const bool begins = at == 0 || name[at - 1] == ' ';
      const char after = at + wanted.size() < name.size() ? name[at + wanted.size()] : '(';
      if (begins && (after == '(' || after == '<' || after == '@')) return name;
    }
  }
  return "";
}

}  // namespace gradbook
