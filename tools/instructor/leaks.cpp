#include "instructor/leaks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bitset>
#include <cctype>
#include <regex>
#include <sstream>

#include "author/mutants.hpp"
#include "book/stub_text.hpp"

namespace gradbook {
namespace {

// Shorter lines are what anyone would write: `return result;`
constexpr std::size_t kLine = 60, kTwoLines = 45, kSentence = 25;
constexpr std::size_t kBeginning = 12;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Every run of spaces and line ends as one space
std::string collapsed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!is_space(c)) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

// The comment of a line, without its slashes
std::string comment_of(const std::string& line) {
  const std::size_t at = line.find("//");
  return at == std::string::npos ? "" : collapsed(line.substr(at + 2)).substr(line[at + 2] == ' ');
}

bool has_words(const std::string& text) {
  return std::ranges::count_if(text, [](unsigned char c) { return std::isalpha(c); }) >= 8;
}

// What the student is given of an exercise anyway: its stub, its hints, the code beside it
std::string given_with(const Book& book, const Exercise& e) {
  std::string text = stub_text(book, e);
  for (const std::string& hint : e.hints) text += "\n" + hint;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(book.root() / "modules" / e.module, error)) {
    const fs::path ending = entry.path().extension();
    if (entry.is_regular_file() && (ending == ".hpp" || ending == ".cpp"))
      text += "\n" + read_file(entry.path());
  }
  return collapsed(text);
}

}  // namespace

Secrets::Secrets(const Book& book) {
  for (const Module& module : book.modules()) {
    for (const Exercise& e : module.exercises) {
      if (fs::exists(book.solution(e))) add_solution(book, e);
      if (fs::exists(book.hidden_cases(e))) add_cases(book, e);
      if (fs::exists(book.mutants(e))) add_mutants(book, e);
    }
  }
  add(book.root().string() + "/", "the path of the repository");
  for (const char* name : {"12_GLOBAL__N_1", "gradbook::{anonymous}::"})
    add(name, "a name inside of an anonymous namespace");
}

void Secrets::add(std::string text, std::string where) {
  if (text.size() < kBeginning || !has_words(text)) return;
  ++size_;
  by_beginning_[text.substr(0, kBeginning)].push_back({std::move(text), std::move(where)});
}

void Secrets::add_solution(const Book& book, const Exercise& e) {
  const std::string given = given_with(book, e);
  const std::string shown = book.solution(e).lexically_relative(book.root()).string();
  std::istringstream lines(read_file(book.solution(e)));
  bool inside = false;
  std::string last;
  int number = 0;
  for (std::string raw; std::getline(lines, raw);) {
    ++number;
    const std::string line = collapsed(raw);
    const bool begins = line.find("// SOLUTION BEGIN") != std::string::npos;
    if (begins || line.find("// SOLUTION END") != std::string::npos) {
      inside = begins;
      last.clear();
      continue;
    }
    if (!inside || line.empty() || line == " ") continue;
    const auto secret = [&](const std::string& text, std::size_t at_least) {
      if (text.size() >= at_least && given.find(text) == std::string::npos)
        add(text, fmt::format("{}:{}", shown, number));
    };
    const std::string text = line.front() == ' ' ? line.substr(1) : line;
    secret(text, kLine);
    secret(comment_of(raw), kSentence);
    if (!last.empty()) secret(last + " " + text, kTwoLines);
    last = text;
  }
}

void Secrets::add_cases(const Book& book, const Exercise& e) {
  const std::string text = read_file(book.hidden_cases(e));
  const std::string shown = book.hidden_cases(e).lexically_relative(book.root()).string();

  // CASE(suite, name, "sentence", and every other sentence
  static const std::regex kCase(R"((CASE|JUDGE|PROOF)\((\w+),\s*(\w+))");
  for (std::sregex_iterator m(text.begin(), text.end(), kCase), end; m != end; ++m) {
    add(collapsed(m->str()), shown);
    // Short ones read like code: tape.entries
    const std::string name = fmt::format("{}.{}", m->str(2), m->str(3));
    if (name.size() > kSentence && m->str(3).find('_') != std::string::npos) add(name, shown);
  }
  // What the chapter says in the same words is no secret
  const fs::path chapter = book.root() / "modules" / e.module / "chapter.md";
  const std::string told = fs::exists(chapter) ? collapsed(read_file(chapter)) : "";
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with("#include")) continue;
    const std::string where = fmt::format("{}:{}", shown, number);
    if (line.find("observe") != std::string::npos && line.size() >= kTwoLines) {
      const std::string code = collapsed(line);
      add(code.substr(code.front() == ' '), where);
    }
    for (std::size_t from = line.find('"'); from != std::string::npos;) {
      const std::size_t to = line.find('"', from + 1);
      if (to == std::string::npos) break;
      const std::string sentence = collapsed(line.substr(from + 1, to - from - 1));
      if (sentence.size() >= kSentence && told.find(sentence) == std::string::npos)
        add(sentence, where);
      from = line.find('"', to + 1);
    }
  }
}

void Secrets::add_mutants(const Book& book, const Exercise& e) {
  const std::string shown = book.mutants(e).lexically_relative(book.root()).string();
  const std::string stub = collapsed(stub_text(book, e));  // a fault to be mended stands there
  for (const Mutant& mutant : read_mutants(book.mutants(e))) {
    const std::string where = fmt::format("{}: {}", shown, mutant.name);
    add(collapsed(mutant.says), where);
    const std::string code = collapsed(mutant.with);
    if (code.size() >= kLine && stub.find(code.substr(code.front() == ' ')) == std::string::npos)
      add(code, where);
  }
}

std::vector<std::string> Secrets::found_in(std::string_view bytes) const {
  const std::string text = collapsed(bytes);
  std::vector<std::string> found;
  std::bitset<65536> first;  // of two letters: most places need no closer look
  const auto two = [](const char* at) {
    return static_cast<unsigned char>(at[0]) << 8 | static_cast<unsigned char>(at[1]);
  };
  for (const auto& [beginning, secrets] : by_beginning_) first.set(two(beginning.data()));
  for (std::size_t at = 0; at + kBeginning <= text.size(); ++at) {
    if (!first[two(&text[at])]) continue;
    const auto secrets = by_beginning_.find(text.substr(at, kBeginning));
    if (secrets == by_beginning_.end()) continue;
    for (const Secret& secret : secrets->second) {
      if (text.compare(at, secret.text.size(), secret.text) == 0)
        found.push_back(fmt::format("{}: {}", secret.where, secret.text));
    }
  }
  return found;
}

std::vector<std::string> Secrets::found_below(const fs::path& tree) const {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(tree)) {
    if (!entry.is_regular_file()) continue;
    for (const std::string& secret : found_in(read_file(entry.path()))) {
      found.push_back(
          fmt::format("{}: {}", entry.path().lexically_relative(tree).string(), secret));
    }
  }
  return found;
}

}  // namespace gradbook
