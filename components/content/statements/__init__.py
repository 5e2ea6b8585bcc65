"""What an office and an applicant say that matters later: reasons for allowance, interviews, arguments."""
