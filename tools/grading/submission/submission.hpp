/// @file
/// A folder of submissions as plain data: who handed in what, and what was odd about it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "grading/submission/roster.hpp"

namespace gradbook {

/// What one student handed in. All texts are valid UTF-8 without control or direction marks,
/// except `files`, which are the student's bytes as they were.
struct Submission {
  std::string student;      // unique in the class: the roster's id, or as the submission is named
  std::string name;         // for people; the student's where nothing better is known
  std::string email;        // "" where it is not known; so the next two
  std::string platform_id;  // of the learning platform
  std::string section;
  bool submitted = true;  // false: of the roster, and handed nothing in
  fs::path origin;        // the folder, archive or file; with several files, the first
  std::optional<std::chrono::sys_seconds> submitted_at;  // where the platform or the roster says so
  std::map<std::string, std::string> files;  // exercise id → bytes of the student's file
  std::vector<std::string> notes;  // what was odd: "a link was refused: …", "two files for 2.2: …"
  std::string fault;  // why nothing could be taken (corrupt, encrypted, a bomb, …); else ""
};

/// All that a folder of submissions holds.
struct ClassFolder {
  std::vector<Submission> submissions;  // one a student, ordered by `student`; with a roster, also
                                        // those who handed nothing in
  std::vector<std::string> notices;     // about the folder as a whole: what was ignored, and why
};

/// Reads all submissions of `folder`: a directory or one archive of a folder or archive a student,
/// or what Gradescope or Canvas give as bulk download. Nothing is written to disk, no link is
/// followed, and what is wrong with one submission concerns no other. With a roster, submissions
/// are matched to its rows; one of nobody in it is kept, with a note.
/// @throws UserError where the folder cannot be read or holds no submission
ClassFolder collect(const Book& book, const fs::path& folder, const Roster& roster = {});

}  // namespace gradbook
