/// @file
/// Takes the exercise files out of what one student handed in, whatever else is in it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "grading/submission/exercise_files.hpp"
#include "grading/submission/found.hpp"

namespace gradbook {

/// One submission on its way in. Folders, archives and single files may come in any number; what is
/// wrong with one of them does not keep the others out.
class Intake {
 public:
  static constexpr std::size_t kMostEntries = 10'000;
  static constexpr std::uint64_t kMostBytes = 64u << 20;  // unpacked, or of an archive
  static constexpr std::uint64_t kMostFileBytes = 1u << 20;

  explicit Intake(const ExercisePaths& paths) : paths_(paths) {}

  /// A folder; archives in it are opened, and count where it holds no exercise itself.
  void take_folder(const fs::path& folder);

  /// One entry of a folder that stands in a bigger archive. @param below  its path in that folder
  void take_entry(const Found& found, std::string_view below);

  /// An archive, or one exercise file, called `name`. @param age  larger is newer
  void take_archive(const Found& found, const std::string& name, std::int64_t age = 0);
  void take_file(const Found& found, const std::string& name, std::int64_t age = 0);

  /// What is wrong with it as a whole.
  void trouble(std::string what) { troubles_.insert(std::move(what)); }

  struct Result {
    std::map<std::string, std::string> files;
    std::vector<std::string> notes;
    std::string fault;
  };
  Result result() const;

  std::int64_t modified() const { return modified_; }  // of the newest file that was taken

 private:
  // One folder or archive, while it is read
  struct Source {
    bool packed = false;            // what it holds unpacks, and can unpack to too much
    bool opens_archives = false;    // that stand in it
    std::int64_t age = 0;           // of its files
    std::uint64_t packed_size = 0;  // of the archive, where it is one of this student alone
    std::size_t entries = 0;
    std::uint64_t bytes = 0;  // unpacked
    ExerciseFiles files = {};
  };

  Visit take(Source& source, const Found& found, std::string_view below);
  void take_bytes(Source& source, const Found& found, std::string_view below);
  void read_archive(ExerciseFiles& into, const Found& found, const std::string& name,
                    std::int64_t age);
  void refuse(std::string_view what, std::string_view path);

  const ExercisePaths& paths_;
  Source folder_ = {.opens_archives = true};
  ExerciseFiles files_, inner_files_;  // inner: of archives that stand in a folder
  std::set<std::string> refused_;      // ordered, since a folder gives its entries in any order
  std::set<std::string> troubles_;
  std::int64_t modified_ = 0;
  bool given_up_ = false;  // the folder in a bigger archive
};

}  // namespace gradbook
