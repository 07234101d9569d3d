/// @file
/// Which files of a submission are exercises of the book, told by their paths.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// What a path in a submission says. Ranks order two files of one exercise: the lower one is taken.
struct ExercisePath {
  enum Rank { whole_path, module_path, bare_name, copy_of_it, looks_like };

  const Exercise* exercise = nullptr;
  Rank rank = looks_like;  // looks_like: never taken, but worth a word
};

/// Tells what exercise a file is, in any number of leading folders:
/// "modules/02_scalar/exercises/02_x.cpp", "02_scalar/exercises/02_x.cpp", "02_scalar/02_x.cpp", or
/// "02_x.cpp" where only one module has a file of that name. A browser's copy, "02_x (1).cpp", and
/// a misspelt name are told as such.
class ExercisePaths {
 public:
  explicit ExercisePaths(const Book& book);

  std::optional<ExercisePath> tell(std::string_view path) const;

  /// Whether nothing below a folder of this name is ever a student's work: hidden, or of a build.
  static bool is_passed_over(std::string_view folder);

  /// Whether this is the name of a folder of the book ("modules", "02_scalar", "exercises").
  bool is_of_the_book(std::string_view folder) const;

 private:
  using Index = std::map<std::string, std::vector<const Exercise*>, std::less<>>;
  Index by_stem_;  // "02_x"
  Index by_name_;  // "x"
  std::vector<std::string> modules_;
};

/// The files of one submission, and which of them count.
class ExerciseFiles {
 public:
  /// @param age  larger is newer, where the platform says; of two files of one rank the newer is
  /// taken
  void add(const ExercisePath& told, std::string path, std::string bytes, std::int64_t age);

  /// All of the other's files, as found in `where` ("", or an archive inside of the submission).
  void add_all(const ExerciseFiles& other, const std::string& where);

  /// Whether none of them would be taken.
  bool empty() const;

  /// The file of each exercise; a note for what was not taken, or not as its name says.
  std::map<std::string, std::string> chosen(std::vector<std::string>& notes) const;

 private:
  struct One {
    ExercisePath told;
    std::string path, bytes;
    std::int64_t age;
  };
  std::vector<One> found_;
};

}  // namespace gradbook
