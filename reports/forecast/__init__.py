"""What ratios become: scenarios of classes, studies, leavers, hires and rules."""
