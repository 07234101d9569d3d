/// @file
/// The memory of a class: every result is written down the moment it is final, so that a run that
/// was ended anywhere goes on where it was.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grading/unit/unit.hpp"

namespace SQLite {
class Database;
}

namespace gradbook {

/// One SQLite file in the output folder. Safe to use from several threads; one gradbook at a time.
///
/// Results are filed under keys that name all that they hang on, so that an old one is never taken
/// for a new one. The files themselves are kept, too: every score can be replayed from the journal
/// alone.
class Journal {
 public:
  /// Opens the journal, or begins one with these seeds. @throws UserError for one that is damaged,
  /// of a newer version, cannot be written, or in use by another gradbook
  Journal(const fs::path& path, std::uint64_t seed, std::uint64_t name_seed);
  ~Journal();

  /// The seed of the class: all students get the same draws.
  std::uint64_t seed() const { return seed_; }

  /// That of the pseudonyms; no report prints it, for whoever has it and the names can pair them.
  std::uint64_t name_seed() const { return name_seed_; }

  /// Draws anew: another seed, so that no result fits any more.
  void begin_anew(std::uint64_t seed);

  /// The result that is filed under the key.
  std::optional<UnitResult> result(const std::string& key) const;

  /// Notes that work on the key begins. If gradbook dies before it is finished, the next run knows.
  /// @param alone  whether nothing else is worked on meanwhile
  void begin(const std::string& key, bool alone);
  void finish(const std::string& key, const UnitResult& result);  // final: it is kept
  void give_up(const std::string& key);                           // it is not; nothing is kept

  /// How often gradbook died while it worked on this key, among others or alone.
  int deaths(const std::string& key) const;
  int deaths_alone(const std::string& key) const;

  /// What a student handed in for an exercise, as it was last graded.
  void keep_file(const std::string& student, const std::string& exercise, std::string_view bytes);
  std::optional<std::string> file(const std::string& student, const std::string& exercise) const;

 private:
  int count(const char* column, const std::string& key) const;
  void note_deaths();

  mutable std::mutex mutex_;
  std::unique_ptr<SQLite::Database> database_;
  std::uint64_t seed_ = 0, name_seed_ = 0;
};

}  // namespace gradbook
