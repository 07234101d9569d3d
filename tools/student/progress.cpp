#include "student/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "system/lock.hpp"

namespace gradbook {
namespace {

constexpr int kVersion = 1;
constexpr int kHints = 3;

// A name for what is kept aside that nothing has yet
fs::path damaged_name(const fs::path& path) {
  fs::path name = path.string() + ".damaged";
  for (int i = 2; fs::exists(name); ++i) name = fmt::format("{}.damaged.{}", path.string(), i);
  return name;
}

// What a killed gradbook left beside the file; whoever has the lock is the only one to write
void remove_half_written(const fs::path& path) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path.parent_path(), error)) {
    const std::string name = entry.path().filename();
    if (name.starts_with(path.filename().string() + ".") && name.ends_with(".new"))
      fs::remove(entry.path(), error);
  }
}

}  // namespace

Progress::Progress(const Book& book, const fs::path& workbook)
    : book_(book), path_(workbook / ".gradbook" / "progress.json") {
  load();
}

void Progress::load() {
  std::error_code error;
  const bool exists = fs::exists(path_, error);
  is_damaged_ = !exists && fs::exists(path_.string() + ".damaged", error);
  is_new_ = !exists && !is_damaged_;
  if (is_damaged_) {
    warning_ = fmt::format("{} was damaged and is rebuilt from what passes", path_.string());
  }
  if (!exists) return;

  std::string reason;
  if (fs::is_directory(path_, error)) reason = "it is a directory";
  const std::string text = reason.empty() ? read_file(path_) : "";
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (reason.empty() && json.is_discarded()) reason = "it is no JSON";
  try {
    if (reason.empty()) {
      if (const int version = json.at("version").get<int>(); version > kVersion) {
        throw UserError(fmt::format(
            "{} is of version {}, written by a newer gradbook; this one reads version {}: update "
            "gradbook, or move the file away",
            path_.string(), version, kVersion));
      }
      std::map<std::string, ExerciseProgress> read;
      for (const auto& [id, one] : json.at("exercises").items()) {
        read[id] = {one.value("started", false), one.value("done", false),
                    std::clamp(one.value("share", 0.0), 0.0, 1.0),
                    std::clamp(one.value("hints", 0), 0, kHints)};
      }
      current_ = json.value("current", "");
      is_damaged_ = json.value("to_rebuild", false);
      if (is_damaged_)
        warning_ = fmt::format("{} is still to be rebuilt from what passes", path_.string());
      exercises_ = std::move(read);
      return;
    }
  } catch (const nlohmann::json::exception&) {
    reason = "it does not hold what it should";
  }

  // Keep it aside: what a person can still read in it is not ours to throw away
  const fs::path kept = damaged_name(path_);
  fs::rename(path_, kept, error);
  is_damaged_ = true;
  warning_ = fmt::format(
      "{} is damaged ({}): {}; your progress is rebuilt from what passes, hints are counted anew",
      path_.string(), reason,
      error ? "it could not be moved aside" : "it is kept as " + kept.filename().string());
}

void Progress::save() const {
  nlohmann::json exercises = nlohmann::json::object();
  for (const auto& [id, one] : exercises_) {
    exercises[id] = {
        {"started", one.started}, {"done", one.done}, {"share", one.share}, {"hints", one.hints}};
  }
  nlohmann::json json = {{"version", kVersion}, {"current", current_}, {"exercises", exercises}};
  if (is_damaged_) json["to_rebuild"] = true;
  write_atomically(path_,
                   json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void Progress::change(const std::function<void()>& edit) {
  const Lock lock(path_.parent_path());
  remove_half_written(path_);
  load();
  const auto before = exercises_;
  const std::string current_before = current_;
  edit();
  try {
    save();
  } catch (...) {
    exercises_ = before;  // what is not on the disk is not reached
    current_ = current_before;
    throw;
  }
  is_new_ = false;
}

void Progress::rebuilt() {
  change([&] { is_damaged_ = false; });
}

const ExerciseProgress& Progress::of(const std::string& id) const {
  static const ExerciseProgress none;
  const auto found = exercises_.find(id);
  return found == exercises_.end() ? none : found->second;
}

const Exercise& Progress::current() const {
  if (const Exercise* chosen = book_.find(current_)) return *chosen;
  const auto all = book_.select("");
  for (const Exercise* e : all) {
    if (!of(e->id).done) return *e;
  }
  return *all.back();
}

void Progress::set_current(const std::string& id) {
  change([&] { current_ = id; });
}

void Progress::note(const Verdict& verdict) {
  change([&] {
    ExerciseProgress& one = exercises_[verdict.exercise->id];
    const bool something_passed =
        verdict.share > 0 || std::ranges::find(verdict.tests, TestResult::State::passed,
                                               &TestResult::state) != verdict.tests.end();
    one.done = verdict.state == State::done;
    one.share = verdict.share;
    if (verdict.state != State::missing)
      one.started = verdict.state != State::not_started || something_passed;
  });
}

int Progress::take_hint(const std::string& id) {
  change([&] {
    int& hints = exercises_[id].hints;
    hints = std::min(hints + 1, kHints);
  });
  return of(id).hints;
}

double Progress::points() const {
  double sum = 0;
  for (const Exercise* e : book_.select("")) sum += of(e->id).done ? e->points : 0;
  return sum;
}

double Progress::points_in_all() const {
  double sum = 0;
  for (const Exercise* e : book_.select("")) sum += e->points;
  return sum;
}

}  // namespace gradbook
