/// @file
/// Everything that is written from the grades of a class: pages, tables and files for other
/// programs.
#pragma once

#include "grading/score/grades.hpp"
#include "system/file.hpp"

namespace gradbook {

/// What a student may see. Each level shows what the one before it shows, and more.
enum class Release {
  score,      // points: in all, and of each module
  state,      // the state and the points of each exercise, and what was odd about the submission
  cases,      // failed cases by name, sentence and state; messages of the compiler; known mistakes
  everything  // also what the cases hide: inputs, expected and observed values, what was printed
};

struct ReportOptions {
  Release release = Release::cases;
  bool with_names = false;  // in report.html, feedback and junit.xml, in place of pseudonyms
};

/// Writes into `out`, each file whole or not at all:
/// - report.html: one self-contained page for the instructor;
/// - feedback/*.html and *.txt: one of each a student, to send; called by pseudonym, or by the
///   student with `with_names`;
/// - names.csv: who is behind a pseudonym, and which files are theirs;
/// - grades.csv: one row a student and exercise; canvas.csv: one column a module, for import;
/// - gradescope/*.json: results.json of each student; junit.xml: a suite a student.
/// Files of these kinds that are nobody's any more are moved to former/: a student left, or is
/// called otherwise.
/// What a case hides is in none of them unless the release is `everything`. The same grades give
/// the same bytes.
/// @throws UserError where `out` cannot be written
void write_reports(const ClassGrades& grades, const fs::path& out, const ReportOptions& options);

}  // namespace gradbook
