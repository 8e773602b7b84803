namespace MmoOrleans.Grains.Central;

/// <summary>Maps per silo and their users, kept along as <see cref="ChannelUsers"/> are: every change of the directory tells all of it.</summary>
internal sealed class SiloCounts
{
    private readonly Dictionary<string, (int Maps, int Users)> _counts = [];

    internal (int Maps, int Users) Of(string silo) => _counts.GetValueOrDefault(silo);

    internal void Change(string silo, int maps, int users)
    {
        var before = Of(silo);
        var counts = (Maps: before.Maps + maps, Users: before.Users + users);
        if (counts == default) _counts.Remove(silo);
        else _counts[silo] = counts;
    }
}
