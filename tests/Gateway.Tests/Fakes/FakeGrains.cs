using System.Reflection;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>Hands out the fakes of a <see cref="FakeWorld"/> where a gateway expects grains; observers are their own references.</summary>
public class FakeGrains : DispatchProxy
{
    private FakeWorld _world = null!;

    public static IGrainFactory Of(FakeWorld world)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)factory)._world = world;
        return factory;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments) => method!.Name switch
    {
        "GetGrain" => _world.Grain(method.GetGenericArguments()[0], arguments![0]!),
        "CreateObjectReference" => arguments![0],
        "DeleteObjectReference" => Deleted(arguments![0]!),
        var name => throw new NotSupportedException(name),
    };

    private object? Deleted(object observer)
    {
        _world.DeletedObservers.Add(observer);
        return null;
    }
}
