#include "student/progress.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gradbook {

Progress::Progress(const Book& book, const fs::path& workbook)
    : book_(book), path_(workbook / ".gradbook" / "progress.json") {
  for (const Exercise* e : book.select("")) exercises_[e->id] = {};
  if (!fs::exists(path_)) return;
  is_new_ = false;
  try {
    const auto json = nlohmann::json::parse(read_file(path_));
    current_ = json.value("current", "");
    for (const auto& [id, kept] : json.at("exercises").items()) {
      if (!exercises_.count(id)) continue;
      exercises_[id] = {kept.value("started", false), kept.value("done", false),
                        kept.value("share", 0.0), std::clamp(kept.value("hints", 0), 0, 3)};
    }
  } catch (const nlohmann::json::exception&) {
    const fs::path aside = path_.string() + ".damaged";
    fs::rename(path_, aside);
    warning_ = "what was kept of your progress could not be read; it is now " + aside.string();
  }
}

const ExerciseProgress& Progress::of(const std::string& id) const { return exercises_.at(id); }

const Exercise& Progress::current() const {
  if (const Exercise* chosen = book_.find(current_)) return *chosen;
  const auto all = book_.select("");
  const auto open = std::ranges::find_if(all, [&](const Exercise* e) { return !of(e->id).done; });
  return open == all.end() ? *all.back() : **open;
}

void Progress::set_current(const std::string& id) {
  current_ = id;
  save();
}

void Progress::note(const Verdict& verdict) {
  ExerciseProgress& kept = exercises_[verdict.exercise->id];
  kept.done = verdict.state == State::done;
  kept.share = verdict.share;
  kept.started =
      kept.started || (verdict.state != State::not_started && verdict.state != State::missing);
  save();
}

int Progress::take_hint(const std::string& id) {
  ExerciseProgress& kept = exercises_[id];
  kept.hints = std::min(kept.hints + 1, 3);
  save();
  return kept.hints;
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

void Progress::save() const {
  nlohmann::json json = {{"current", current_}, {"exercises", nlohmann::json::object()}};
  for (const auto& [id, kept] : exercises_) {
    json["exercises"][id] = {{"started", kept.started},
                             {"done", kept.done},
                             {"share", kept.share},
                             {"hints", kept.hints}};
  }
  write_atomically(path_, json.dump(2) + "\n");
}

}  // namespace gradbook
