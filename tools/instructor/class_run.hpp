/// @file
/// Works through all that is to be graded in a class: several at once, each once, and never twice.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "grading/journal/journal.hpp"
#include "grading/unit/desk.hpp"
#include "grading/unit/preparation.hpp"

namespace gradbook {

/// One thing to find out, filed in the journal under its key.
struct Task {
  std::string key;
  std::vector<const Exercise*> exercises;  // that it judges
  std::function<UnitResult(Desk&)> work;
};

struct ClassRunOptions {
  GradingRules rules;
  fs::path folder;  // where desks stand
  int jobs = 2;     // how many work at once
};

/// Does what the journal does not know yet. A task that fails for no fault of the student's is
/// tried once more. One that was in work when an earlier run died is done last, alone; when
/// gradbook has died over it twice while it was alone, it is set aside. Many failures in a row end
/// the run: then it is the machine.
/// @param finished  called for every task, one at a time: `known` where the journal had it
/// @returns the results by key; those that could not be had are State::infrastructure
/// @throws UserError when the machine is at fault, our own code does not build, or the journal
/// cannot be written
std::map<std::string, UnitResult> run_class(
    Preparation& preparation, const Sandbox& sandbox, Journal& journal, std::span<const Task> tasks,
    const ClassRunOptions& options,
    const std::function<void(const Task&, const UnitResult&, bool known)>& finished);

}  // namespace gradbook
