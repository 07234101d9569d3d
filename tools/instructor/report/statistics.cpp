#include "instructor/report/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "instructor/report/feedback.hpp"
#include "instructor/report/plain_text.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSentence = 200;  // characters

bool not_begun(State state) { return state == State::not_started || state == State::missing; }

// A signal is all that may be told of what a crash left behind
std::string signal_in(const std::string& detail) {
  const std::size_t at = detail.find("SIG");
  if (at == std::string::npos) return "";
  const std::size_t end = detail.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", at);
  return detail.substr(at, std::min(end, at + 10) - at);
}

// Line numbers would make every compiler message one of a kind
std::string without_place(const std::string& message) {
  const std::size_t at = message.find("error: ");
  return at == std::string::npos ? message : message.substr(at + 7);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

void count_kind(std::vector<FailureKind>& kinds, const ExerciseGrade& grade) {
  const std::string sentence = failure_sentence(grade);
  const auto same = [&](const FailureKind& kind) {
    return kind.state == grade.state && kind.sentence == sentence;
  };
  auto found = std::ranges::find_if(kinds, same);
  if (found == kinds.end()) found = kinds.insert(kinds.end(), {grade.state, sentence, 0});
  ++found->students;
}

void count_cases(std::vector<CaseCount>& counts, const ExerciseGrade& grade) {
  for (std::size_t i = 0; i < grade.cases.size(); ++i) {
    const CaseResult& result = grade.cases[i];
    const std::string name = one_line(result.name);
    auto found = i < counts.size() && counts[i].name == name
                     ? counts.begin() + static_cast<std::ptrdiff_t>(i)
                     : std::ranges::find(counts, name, &CaseCount::name);
    if (found == counts.end()) found = counts.insert(found, {name, one_line(result.says), 0});
    found->failed += !result.passed();
  }
}

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// Earned and possible points of one student, infrastructure failures and late policy aside
struct Total {
  double earned = 0, possible = 0;
};

}  // namespace

std::string failure_sentence(const ExerciseGrade& grade) {
  if (!grade.mistake.empty()) return cut(one_line(grade.mistake), kSentence);
  for (const CaseResult& result : grade.cases) {
    if (!result.passed() && !result.says.empty()) return cut(one_line(result.says), kSentence);
  }
  for (const CaseResult& result : grade.cases) {
    if (const std::string signal = signal_in(result.detail); !signal.empty()) return signal;
  }
  if (grade.messages.empty()) return "";
  return cut(one_line(first_line(without_place(grade.messages.front()))), kSentence);
}

std::optional<double> correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  if (x.size() < 3) return std::nullopt;
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = x[i] - mean_x, dy = y[i] - mean_y;
    xx += dx * dx, yy += dy * dy, xy += dx * dy;
  }
  if (xx < 1e-12 || yy < 1e-12) return std::nullopt;
  return xy / std::sqrt(xx * yy);
}

ClassStatistics statistics(const ClassGrades& grades) {
  ClassStatistics result;
  result.exercises.resize(grades.exercises.size());
  for (const GradedExercise& exercise : grades.exercises) result.possible += exercise.points;

  std::vector<const StudentGrade*> submitted;
  std::vector<double> points;
  for (const StudentGrade& student : grades.students) {
    if (!student.submitted) continue;
    submitted.push_back(&student);
    points.push_back(student.points);
  }
  result.submitted = submitted.size();
  result.median = median_of(points);
  if (!points.empty())
    result.mean =
        std::accumulate(points.begin(), points.end(), 0.0) / static_cast<double>(points.size());

  // What happened in each exercise, and where each student stops
  std::vector<Total> totals(submitted.size());
  for (std::size_t s = 0; s < submitted.size(); ++s) {
    bool stopped = false;
    for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
      const ExerciseGrade& grade = grade_of(grades, *submitted[s], i);
      if (grade.state == State::infrastructure) continue;
      ExerciseStatistics& exercise = result.exercises[i];
      const bool done = grade.state == State::done;
      ++exercise.counted;
      exercise.done += done;
      exercise.not_begun += not_begun(grade.state);
      exercise.mean_share += grade.share;
      if (!done && !stopped && !grades.exercises[i].stretch) {
        ++exercise.stopped;
        stopped = true;
      }
      if (!done && !not_begun(grade.state)) count_kind(exercise.kinds, grade);
      count_cases(exercise.cases, grade);
      totals[s].earned += grade.share * grades.exercises[i].points;
      totals[s].possible += grades.exercises[i].points;
    }
    result.finished += !stopped;
  }

  for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
    ExerciseStatistics& exercise = result.exercises[i];
    if (exercise.counted > 0) exercise.mean_share /= static_cast<double>(exercise.counted);
    std::ranges::stable_sort(exercise.kinds, std::ranges::greater{}, &FailureKind::students);

    // Correlate with the rest of the total, so that an exercise does not vouch for itself
    std::vector<double> shares, rests;
    for (std::size_t s = 0; s < submitted.size(); ++s) {
      const ExerciseGrade& grade = grade_of(grades, *submitted[s], i);
      const double weight = grades.exercises[i].points;
      const double rest_possible = totals[s].possible - weight;
      if (grade.state == State::infrastructure || rest_possible <= 0) continue;
      shares.push_back(grade.share);
      rests.push_back((totals[s].earned - grade.share * weight) / rest_possible);
    }
    exercise.discrimination = correlation(shares, rests);
  }
  return result;
}

}  // namespace gradbook
