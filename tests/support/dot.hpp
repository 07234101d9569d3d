/// @file
/// Reads a Graphviz text back: its nodes with their labels, and its edges.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradbook {

/// What a DOT text says, in the order in which it says it.
struct DotGraph {
  using Pair = std::pair<std::string, std::string>;
  std::vector<Pair> nodes;  // name, and label as it is drawn: escapes undone, lines ended by '\n'
  std::vector<Pair> edges;  // from, to
  std::string error;        // why the text is not valid, and where; empty if it is
};

namespace detail {

// The part of the language without subgraphs, ports and HTML; see
// https://graphviz.org/doc/info/lang.html
class DotParser {
 public:
  explicit DotParser(std::string_view text) : text_(text) { next(); }

  DotGraph parse() {
    if (token_ == "strict") fail("a strict graph merges equal edges, and x * x has two");
    expect("digraph");
    if (token_ != "{") next();  // the graph's name
    expect("{");
    while (ok() && token_ != "}") statement();
    expect("}");
    if (ok() && !token_.empty()) fail("something follows the last }");
    return std::move(graph_);
  }

 private:
  bool ok() const { return graph_.error.empty(); }

  void fail(const std::string& says) {
    if (!ok()) return;
    std::size_t line = 1;
    for (char c : text_.substr(0, start_)) line += c == '\n';
    graph_.error = "line " + std::to_string(line) + ": " + says;
  }

  void expect(std::string_view token) {
    if (quoted_ || token_ != token) {
      fail("\"" + std::string(token) + "\" is expected, not \"" + token_ + "\"");
    }
    next();
  }

  bool punctuation(std::string_view token) const { return !quoted_ && token_ == token; }

  std::string identifier() {
    const std::string name = token_;
    const bool word =
        quoted_ ||
        (!name.empty() && (std::isalnum(static_cast<unsigned char>(name[0])) || name[0] == '_' ||
                           name[0] == '.' || (name[0] == '-' && name != "->" && name.size() > 1)));
    if (!word) fail("a name is expected, not \"" + name + "\"");
    next();
    return name;
  }

  void statement() {
    const bool bare = !quoted_;
    std::string from = identifier();
    if (punctuation("=")) {  // an attribute of the graph
      next();
      identifier();
    } else if (bare && (from == "graph" || from == "node" || from == "edge")) {
      attributes();
    } else if (punctuation("->")) {
      while (ok() && punctuation("->")) {
        next();
        std::string to = identifier();
        graph_.edges.emplace_back(std::move(from), to);
        from = std::move(to);
      }
      attributes();
    } else {
      std::string label = attributes();
      graph_.nodes.emplace_back(from, drawn(label, from));
    }
    if (punctuation(";")) next();
  }

  // [name=value, …] any number of times; returns the label
  std::string attributes() {
    std::string label = "\\N";  // Graphviz's default: the name of the node
    while (ok() && punctuation("[")) {
      next();
      while (ok() && !punctuation("]")) {
        const std::string name = identifier();
        if (!punctuation("=")) {
          fail("an attribute is name=value: is a \" in a label not escaped?");
          break;
        }
        next();
        std::string value = identifier();
        if (name == "label") label = std::move(value);
        if (punctuation(",") || punctuation(";")) next();
      }
      expect("]");
    }
    return label;
  }

  static std::string drawn(const std::string& label, const std::string& node) {
    std::string result;
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (label[i] != '\\' || i + 1 == label.size()) {
        result += label[i];
        continue;
      }
      const char c = label[++i];
      if (c == 'n' || c == 'l' || c == 'r') {
        result += '\n';
      } else if (c == 'N') {
        result += node;
      } else {
        result += c;
      }
    }
    return result;
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(text_[at_]))) {
        ++at_;
      } else if (text_.substr(at_, 2) == "//") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        break;
      }
    }
  }

  void next() {
    skip_blanks();
    start_ = at_;
    token_.clear();
    quoted_ = at_ < text_.size() && text_[at_] == '"';
    if (at_ == text_.size()) return;

    if (quoted_) {
      for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
          if (text_[at_ + 1] != '"')
            token_ += '\\';  // only \" is undone here: the label has its own escapes
          ++at_;
        }
        token_ += text_[at_];
      }
      if (at_ == text_.size())
        return fail("the text ends inside of quotes: is a \" or a \\ not escaped?");
      ++at_;
    } else if (text_.substr(at_, 2) == "->") {
      token_ = "->";
      at_ += 2;
    } else {
      const auto in_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' ||
               (c & 0x80) != 0;
      };
      do token_ += text_[at_++];
      while (at_ < text_.size() && (in_word(token_[0]) || token_[0] == '-') && in_word(text_[at_]));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;     // behind the token
  std::size_t start_ = 0;  // where the token starts
  std::string token_;      // empty at the end of the text
  bool quoted_ = false;    // the token stood in quotes
  DotGraph graph_;
};

}  // namespace detail

/// Reads a directed graph. Where the text is not valid, `error` says why.
inline DotGraph parse_dot(std::string_view text) { return detail::DotParser(text).parse(); }

}  // namespace gradbook
