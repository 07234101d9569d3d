/// @file
/// Points: from what became of a student's files to what they count.
#pragma once

#include <string>
#include <vector>

#include "grading/score/course.hpp"
#include "grading/submission/submission.hpp"

namespace gradbook {

/// The part of the cases' weight that was earned, 0 to 1. States that never came to the cases earn
/// nothing; cases that failed for the reference's sake are left out.
double share_of(State state, const std::vector<CaseResult>& cases);

/// The grades of one student. Share, factor, points, override and days late are set here; all else
/// of `results` stays as it is. An exercise of the course that is not in `results` was not
/// submitted.
/// @param results  of the exercises that were graded, in any order
StudentGrade grade_student(const Course& course, const Submission& submission,
                           const std::string& pseudonym, std::vector<ExerciseGrade> results);

}  // namespace gradbook
