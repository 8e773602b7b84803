using System.Globalization;

namespace MmoOrleans.GrainInterfaces.Accounts;

/// <summary>How who is banned is told, the same when the ban closes a connection and at every login after.</summary>
public static class Bans
{
    /// <summary>The longest that the clocks of all clients can wait, 24 days and a bit; the sentence has the date.</summary>
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMilliseconds(int.MaxValue);

    public static Refusal Refuse(DateTimeOffset until, DateTimeOffset now)
    {
        var date = until.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var wait = until - now;
        return new Refusal(RefusalCode.UserBanned, $"The account is banned until {date} UTC.", wait < LongestRetry ? wait : LongestRetry);
    }
}
