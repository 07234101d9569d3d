#include "grading/submission/submission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grading/submission/gradescope.hpp"
#include "grading/submission/names.hpp"
#include "grading/submission/parts.hpp"
#include "grading/submission/roster_index.hpp"
#include "grading/submission/time_text.hpp"

namespace gradbook {
namespace {

// A submission before those of one student are told apart
struct Candidate {
  Submission submission;
  std::int64_t modified = 0;
};

class Collector {
 public:
  Collector(const Roster& roster, Parts parts)
      : roster_(roster), index_(roster), parts_(std::move(parts)) {
    folder_.notices = std::move(parts_.notices);
  }

  ClassFolder collect();

 private:
  void read_metadata();
  void add(const Part& part, const Identity& who,
           std::optional<std::chrono::sys_seconds> submitted_at);
  void keep_newest();
  void add_missing();

  const Roster& roster_;
  const RosterIndex index_;
  Parts parts_;
  std::map<std::string, GradescopeSubmission> gradescope_;
  std::map<std::string, std::vector<Candidate>> by_student_;
  ClassFolder folder_;
};

void Collector::read_metadata() {
  if (!parts_.gradescope) return;
  try {
    gradescope_ = read_gradescope(*parts_.gradescope);
  } catch (const ReadFault& fault) {
    folder_.notices.push_back(fmt::format("{} {}: students are called as their folders",
                                          kGradescopeMetadata, fault.what()));
  }
}

void Collector::add(const Part& part, const Identity& who,
                    std::optional<std::chrono::sys_seconds> submitted_at) {
  const RosterRow* row = index_.find(who);
  Submission s;
  s.student = row != nullptr ? row->student : spelled_out(who.student);
  s.name = row != nullptr ? row->name : spelled_out(who.name.empty() ? who.student : who.name);
  s.email = row != nullptr && !row->email.empty() ? row->email : spelled_out(who.email);
  s.platform_id =
      row != nullptr && !row->platform_id.empty() ? row->platform_id : spelled_out(who.platform_id);
  s.section = row != nullptr ? row->section : "";
  s.origin = part.origin;
  s.submitted_at = submitted_at;
  if (!s.submitted_at && row != nullptr) s.submitted_at = row->submitted_at;

  Intake::Result taken = part.intake.result();
  s.files = std::move(taken.files);
  s.notes = std::move(taken.notes);
  s.fault = std::move(taken.fault);
  if (row == nullptr && !roster_.empty())
    s.notes.push_back(fmt::format("{} is not in the roster", in_quotes(s.student)));
  if (part.marked_late && !s.submitted_at)
    s.notes.push_back("Canvas marks it late, but not by how much: give the time in the roster");
  by_student_[s.student].push_back({std::move(s), part.modified});
}

// Of several submissions of one student the newest is graded
void Collector::keep_newest() {
  for (auto& [student, candidates] : by_student_) {
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
      const Submission &x = a.submission, &y = b.submission;
      if (x.submitted_at && y.submitted_at && x.submitted_at != y.submitted_at)
        return *x.submitted_at > *y.submitted_at;
      if (a.modified != b.modified) return a.modified > b.modified;
      return x.origin < y.origin;
    });
    Submission& newest = candidates.front().submission;
    for (std::size_t i = 1; i < candidates.size(); ++i) {
      newest.notes.push_back(
          fmt::format("two submissions: {} is graded, being the newest, and {} is not",
                      in_quotes(newest.origin.filename().string()),
                      in_quotes(candidates[i].submission.origin.filename().string())));
    }
    folder_.submissions.push_back(std::move(newest));
  }
}

void Collector::add_missing() {
  for (const RosterRow& row : roster_.rows) {
    if (by_student_.contains(row.student)) continue;
    Submission s;
    s.student = row.student;
    s.name = row.name;
    s.email = row.email;
    s.platform_id = row.platform_id;
    s.section = row.section;
    s.submitted = false;
    folder_.submissions.push_back(std::move(s));
  }
}

ClassFolder Collector::collect() {
  read_metadata();
  for (const auto& [key, part] : parts_.parts) {
    const auto known = gradescope_.find(part.name);
    if (known == gradescope_.end() || known->second.submitters.empty()) {
      add(part, {part.name, part.user_name, "", part.user_id}, std::nullopt);
      continue;
    }
    for (const Identity& who : known->second.submitters) add(part, who, known->second.created_at);
  }
  keep_newest();
  add_missing();
  std::ranges::sort(folder_.submissions, {}, &Submission::student);
  return std::move(folder_);
}

}  // namespace

ClassFolder collect(const Book& book, const fs::path& folder, const Roster& roster) {
  const ExercisePaths paths(book);
  Parts parts = read_parts(folder, paths);
  if (parts.parts.empty()) {
    std::string message = fmt::format(
        "{} holds no submission: it must hold a folder or archive (zip, tar.gz, …) for each "
        "student, or be what Gradescope or Canvas give as download",
        folder.string());
    for (const std::string& notice : parts.notices) message += "\n" + notice;
    throw UserError(message);
  }
  return Collector(roster, std::move(parts)).collect();
}

}  // namespace gradbook
