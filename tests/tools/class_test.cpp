// The sample class, graded as an instructor would: every submission comes to the states and points
// that class.toml says, and without the audit nobody gains a point.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/grade_run.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

constexpr double kClose = 1e-4;  // grades.csv rounds

class SampleClass : public testing::Test {
 protected:
  // The whole class once with the audit and once without, for all tests
  static void SetUpTestSuite() {
    class_ = new GradeRun;
    const std::string roster = sample_roster(class_->book()).string();
    audited_ = new Completion(class_->grade({"--roster", roster}));
    ASSERT_EQ(audited_->exit_status, 0) << audited_->output;
    rows_ = new auto(class_->rows());
    reports_ = new auto(class_->reports());
    unaudited_ = new Completion(
        class_->grade({"--roster", roster, "--no-audit", "--no-mistakes", "--no-integrated"}));
    ASSERT_EQ(unaudited_->exit_status, 0) << unaudited_->output;
    unaudited_rows_ = new auto(class_->rows());
  }
  static void TearDownTestSuite() {
    delete class_;
    delete audited_;
    delete rows_;
    delete reports_;
    delete unaudited_;
    delete unaudited_rows_;
  }

  static const Row& row(const std::string& student, const std::string& exercise) {
    return rows_->at({student, exercise});
  }
  static double points(const Row& row) { return std::stod(row.at("points")); }

  static inline GradeRun* class_ = nullptr;
  static inline Completion *audited_ = nullptr, *unaudited_ = nullptr;
  static inline std::map<std::pair<std::string, std::string>, Row>*rows_ = nullptr,
                                                              *unaudited_rows_ = nullptr;
  static inline std::map<std::string, std::string>* reports_ = nullptr;
};

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
  ASSERT_EQ(audited_->exit_status, 0) << audited_->output;
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
  for (const SampleStudent& s : class_->students()) {
    for (const auto& [id, expected] : s.expected) {
      const Row& found = unaudited_rows_->at({s.student, id});
      EXPECT_LE(points(found), expected.points + kClose)
          << s.student << " " << id << ": " << s.is << " It is " << found.at("state");
      if (expected.state == State::refused) continue;
      EXPECT_EQ(found.at("state"), name(expected.state)) << s.student << " " << id;
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
