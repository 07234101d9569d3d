// `gradbook demo`, and what it leaves: the sample class, graded as an instructor would. Every
// submission comes to the states and points that class.toml says, and without the audit nobody
// gains a point.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tools/grade_run.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr double kClose = 1e-4;  // grades.csv rounds

class SampleClass : public testing::Test {
 protected:
  // For all tests, the demo, which grades the whole class; and without the audit those whom it
  // refuses something, for to the others it makes no difference
  static void SetUpTestSuite() {
    class_ = new GradeRun;
    const std::string roster = sample_roster(class_->book()).string();
    demo_ = new Completion(gradbook_program({"demo", "--out", class_->folder().string()}));
    ASSERT_EQ(demo_->exit_status, 0) << demo_->output;
    rows_ = new auto(class_->rows());
    reports_ = new auto(class_->reports());
    std::vector<std::string> options = {"--roster", roster, "--no-audit", "--no-mistakes",
                                        "--no-integrated"};
    for (const SampleStudent* s : refused()) options.insert(options.end(), {"--only", s->student});
    unaudited_ = new Completion(class_->grade(options));
    ASSERT_EQ(unaudited_->exit_status, 0) << unaudited_->output;
    unaudited_rows_ = new auto(class_->rows());
  }
  static void TearDownTestSuite() {
    delete class_;
    delete demo_;
    delete rows_;
    delete reports_;
    delete unaudited_;
    delete unaudited_rows_;
  }

  static std::vector<const SampleStudent*> refused() {
    std::vector<const SampleStudent*> students;
    for (const SampleStudent& s : class_->students()) {
      const auto is_refused = [](const auto& entry) {
        return entry.second.state == State::refused;
      };
      if (std::ranges::any_of(s.expected, is_refused)) students.push_back(&s);
    }
    return students;
  }
  static const Row& row(const std::string& student, const std::string& exercise) {
    return rows_->at({student, exercise});
  }
  static double points(const Row& row) { return std::stod(row.at("points")); }

  static inline GradeRun* class_ = nullptr;
  static inline Completion *demo_ = nullptr, *unaudited_ = nullptr;
  static inline std::map<std::pair<std::string, std::string>, Row>*rows_ = nullptr,
                                                              *unaudited_rows_ = nullptr;
  static inline std::map<std::string, std::string>* reports_ = nullptr;
};

TEST_F(SampleClass, TheDemoGoesFromStubToPictures) {
  EXPECT_THAT(demo_->output,
              AllOf(HasSubstr("2.2 topological_sort: not started"),
                    HasSubstr("2.2 topological_sort: wrong"), HasSubstr("✓ 2.14"),
                    HasSubstr("9.8 matmul_tiled: wrong"), HasSubstr("nothing says who is first")));
  for (const char* name : {"loss.svg", "fit.svg", "graph.svg"}) {
    const fs::path picture = class_->folder() / name;
    ASSERT_TRUE(fs::exists(picture)) << name;
    EXPECT_THAT(read_file(picture), AllOf(HasSubstr("<svg"), HasSubstr("</svg>")));
  }
}

TEST_F(SampleClass, HasEveryStateThatAStudentCanBringAbout) {
  std::set<State> states;
  for (const SampleStudent& s : class_->students()) {
    for (const auto& [id, expected] : s.expected) states.insert(expected.state);
  }
  EXPECT_GE(class_->students().size(), 24u);
  for (int state = 0; state < static_cast<int>(State::infrastructure); ++state)
    EXPECT_TRUE(states.count(static_cast<State>(state))) << name(static_cast<State>(state));
}

TEST_F(SampleClass, ComesToTheStatesAndPointsThatItIsMadeFor) {
  ASSERT_EQ(demo_->exit_status, 0) << demo_->output;
  for (const SampleStudent& s : class_->students()) {
    for (const auto& [id, expected] : s.expected) {
      const Row& found = row(s.student, id);
      EXPECT_EQ(found.at("state"), name(expected.state)) << s.student << " " << id << ": " << s.is;
      EXPECT_NEAR(points(found), expected.points, kClose) << s.student << " " << id << ": " << s.is;
    }
  }
}

TEST_F(SampleClass, WithoutTheAuditNobodyGainsAPoint) {
  ASSERT_EQ(unaudited_->exit_status, 0) << unaudited_->output;
  EXPECT_GE(refused().size(), 2u);
  for (const SampleStudent* s : refused()) {
    for (const auto& [id, expected] : s->expected) {
      const Row& found = unaudited_rows_->at({s->student, id});
      EXPECT_LE(points(found), expected.points + kClose)
          << s->student << " " << id << ": " << s->is << " It is " << found.at("state");
      if (expected.state == State::refused) continue;
      EXPECT_EQ(found.at("state"), name(expected.state)) << s->student << " " << id;
    }
  }
}

TEST_F(SampleClass, NothingOfAnArchiveGotOut) {
  EXPECT_FALSE(fs::exists("/tmp/gradbook_climbed"));
  EXPECT_EQ(row("perfect", "2.2").at("state"), "done");
}

TEST_F(SampleClass, TwoFilesThatDoNotGoTogetherAreNamed) {
  std::string all;
  for (const auto& [name, text] : *reports_) all += text;
  EXPECT_THAT(all, HasSubstr("passes alone, but not with the student's own 1.5"));
}

TEST_F(SampleClass, NoReportShowsASolutionOrAPathOfTheMachine) {
  for (const auto& [name, text] : *reports_) {
    EXPECT_EQ(text.find("these were the hidden cases"), std::string::npos) << name;
    EXPECT_EQ(text.find("SOLUTION BEGIN"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace gradbook
