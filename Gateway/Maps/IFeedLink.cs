namespace MmoOrleans.Gateway.Maps;

/// <summary>What a feed tells the one who talks to the map. Nothing here waits.</summary>
internal interface IFeedLink
{
    /// <summary>A frame was applied: acknowledge it with the next batch.</summary>
    void FrameArrived();

    /// <summary>Something is to be done before the next beat.</summary>
    void Wake();

    /// <summary>What this feed knows of the map is of an earlier life: join again.</summary>
    void JoinAgain(string reason);
}
