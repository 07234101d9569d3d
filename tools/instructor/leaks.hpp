/// @file
/// Looks for text of solutions, hidden cases and mutants where a student could read it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// What no student is to read: lines of solutions that stand neither in stubs nor in hints nor in
/// given code, names and sentences of hidden cases, mutants and their sentences, and paths of this
/// machine.
class Secrets {
 public:
  /// Collects them from the whole book.
  explicit Secrets(const Book& book);

  std::size_t size() const { return size_; }

  /// Which secrets stand in this text or these bytes: "solutions/…/02_x.cpp:12: the line".
  std::vector<std::string> found_in(std::string_view bytes) const;

  /// The same for every file below `tree`, with the file's path first.
  std::vector<std::string> found_below(const fs::path& tree) const;

 private:
  struct Secret {
    std::string text, where;
  };
  void add(std::string text, std::string where);
  void add_solution(const Book& book, const Exercise& e);
  void add_cases(const Book& book, const Exercise& e);
  void add_mutants(const Book& book, const Exercise& e);

  std::unordered_map<std::string, std::vector<Secret>> by_beginning_;
  std::size_t size_ = 0;
};

}  // namespace gradbook
