/// @file
/// Makes what all files of an exercise are graded with, each thing once in a run.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>

#include "grading/build/workshop.hpp"

namespace gradbook {

/// What graders share: objects of cases, judges and references, and the programs made of them.
/// None of it is confined, for it is ours. Safe to use from several threads.
class Preparation {
 public:
  explicit Preparation(const Workshop& workshop) : workshop_(workshop) {}

  const Workshop& workshop() const { return workshop_; }

  /// Brings the objects of these exercises up to date, all in one call of ninja; those that were
  /// asked for before are up to date. @throws UserError
  void make_objects(std::span<const Exercise* const> exercises);

  /// Links the judge and the reference's worker of an exercise whose objects are made: the first
  /// who asks does it, the others wait. @throws UserError
  void make_programs(const Exercise& e);

 private:
  const Workshop& workshop_;
  std::mutex mutex_;               // of all below
  std::set<std::string> objects_;  // of these exercises, by id
  std::map<std::string, std::once_flag> programs_;
};

}  // namespace gradbook
